package org.bitcoinwatchdog.agent.discovery;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import org.bitcoinwatchdog.events.SafeText;

/**
 * A path as another process sees it: bytes, and so the same in every locale. {@link #toString()} shows it as UTF-8
 * text, with {@code \xNN} for every other byte, for unsafe characters ({@link SafeText}), and for the backslash.
 * Different paths have different texts.
 */
public final class ProcessPath {
    /** The kernel's limit (PATH_MAX). */
    private static final int MOST_BYTES = 4095;

    /** One character for each byte. */
    private final String bytes;

    private ProcessPath(String bytes) {
        this.bytes = bytes;
    }

    /**
     * @param bytes one character of ISO 8859-1 for each byte. As in C, a NUL ends it
     * @throws InvalidPathException if it is longer than Linux allows
     */
    static ProcessPath of(String bytes) {
        int end = bytes.indexOf('\0');
        String path = end < 0 ? bytes : bytes.substring(0, end);
        if (path.length() > MOST_BYTES) {
            throw new InvalidPathException(path.substring(0, 20) + "…", "a path of more than " + MOST_BYTES + " bytes");
        }
        return new ProcessPath(path);
    }

    static ProcessPath of(byte[] bytes) {
        return of(new String(bytes, StandardCharsets.ISO_8859_1));
    }

    /** A path of this process. A URI has its exact bytes; a string has only what the locale can express. */
    static ProcessPath of(Path path) {
        String uri = URI.create("file:///").relativize(path.toUri()).getRawPath();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write('/');
        for (int i = 0; i < uri.length(); i++) {
            if (uri.charAt(i) == '%') {
                bytes.write(Integer.parseInt(uri.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(uri.charAt(i));
            }
        }
        return of(bytes.toByteArray()).normalized();
    }

    /** For tests and made-up processes. */
    public static ProcessPath ofText(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes() {
        return bytes.getBytes(StandardCharsets.ISO_8859_1);
    }

    boolean isAbsolute() {
        return bytes.startsWith("/");
    }

    ProcessPath resolve(ProcessPath other) {
        return other.isAbsolute() ? other : of(bytes + (bytes.endsWith("/") ? "" : "/") + other.bytes);
    }

    /** Without {@code .}, {@code ..} and superfluous slashes, as in Bitcoin Core. Symbolic links are not followed. */
    ProcessPath normalized() {
        Deque<String> names = new ArrayDeque<>();
        for (String name : bytes.split("/")) {
            if (name.equals("..")) {
                names.pollLast();
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return new ProcessPath((isAbsolute() ? "/" : "") + String.join("/", names));
    }

    ProcessPath withoutEnd(String end) {
        return bytes.endsWith(end) ? new ProcessPath(bytes.substring(0, bytes.length() - end.length())) : this;
    }

    /** The text of its last name; empty for the root. */
    public String fileName() {
        return text(bytes.substring(bytes.lastIndexOf('/') + 1));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProcessPath path && path.bytes.equals(bytes);
    }

    @Override
    public int hashCode() {
        return bytes.hashCode();
    }

    @Override
    public String toString() {
        return text(bytes);
    }

    /** Foreign bytes as text for a log: UTF-8, with {@code \xNN} for every other byte. */
    static String text(String bytes) {
        StringBuilder text = new StringBuilder(bytes.length());
        ByteBuffer from = ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1));
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer to = CharBuffer.allocate(from.remaining());
        for (CoderResult result = decoder.decode(from, to, true); result.isError(); result = decoder.decode(from, to, true)) {
            moved(to, text);
            for (int i = 0; i < result.length(); i++) {
                text.append(escaped(from.get() & 0xff));
            }
            decoder.reset();
        }
        moved(to, text);
        return text.toString();
    }

    private static void moved(CharBuffer from, StringBuilder to) {
        from.flip().codePoints().forEach(character -> {
            if (character == '\\' || !SafeText.safe(character)) {
                for (byte each : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
                    to.append(escaped(each & 0xff));
                }
            } else {
                to.appendCodePoint(character);
            }
        });
        from.clear();
    }

    private static String escaped(int character) {
        return "\\x" + HexFormat.of().toHexDigits((byte) character);
    }
}
