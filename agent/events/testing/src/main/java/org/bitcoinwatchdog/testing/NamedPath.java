package org.bitcoinwatchdog.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The path of one event, as the README of a module lists it: a section with a heading "The path of one …" that names
 * methods as {@code `Class.method`}.
 */
public final class NamedPath {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Pattern SECTION = Pattern.compile("## The path of one .*?(?=\n## |\\z)", Pattern.DOTALL);
    private static final Pattern METHOD = Pattern.compile("`([A-Z]\\w*)\\.([a-z]\\w*)`");

    private NamedPath() {
    }

    /** The methods, in the README's order. The working directory is the module's. */
    public static List<String> methods() throws IOException {
        String section = SECTION.matcher(Files.readString(Path.of("README.md"))).results().findFirst().orElseThrow().group();
        return METHOD.matcher(section).results().map(method -> method.group(1) + "." + method.group(2)).toList();
    }

    /** Whether the module has that class, and the class declares that method ({@code Class.method}). */
    public static boolean exists(String method) {
        String[] name = method.split("\\.");
        try (Stream<Path> found = Files.find(SOURCES, 20, (path, file) -> path.endsWith(name[0] + ".java"))) {
            return found.map(NamedPath::type).flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                    .anyMatch(declared -> declared.getName().equals(name[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> type(Path source) {
        String name = SOURCES.relativize(source).toString().replace('/', '.').replaceAll("\\.java$", "");
        try {
            return Class.forName(name, false, Thread.currentThread().getContextClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(source + " has no class of its name", e);
        }
    }
}
