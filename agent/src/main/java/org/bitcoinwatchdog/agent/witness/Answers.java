package org.bitcoinwatchdog.agent.witness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** Reads the parts of a witness's answers, which may hold anything. */
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private Answers() {
    }

    /** @param name of what the text is, for messages */
    static ByteString hash(String text, String name) throws WitnessFault {
        if (!HASH.matcher(text).matches()) {
            throw new WitnessFault(name + " is not a block's hash");
        }
        return reversed(HexFormat.of().parseHex(text));
    }

    /** A hash as people and HTTP interfaces write it. */
    static String text(ByteString hash) {
        return HexFormat.of().formatHex(reversed(hash.toByteArray()).toByteArray());
    }

    static byte[] hex(byte[] answer, String name) throws WitnessFault {
        try {
            return HexFormat.of().parseHex(ascii(answer));
        } catch (IllegalArgumentException e) {
            throw new WitnessFault(name + " is not hexadecimal");
        }
    }

    static String ascii(byte[] answer) {
        return new String(answer, StandardCharsets.ISO_8859_1).strip();
    }

    static JsonNode json(byte[] answer, String name) throws WitnessFault {
        try {
            JsonNode root = JSON.readTree(answer);
            if (root != null && root.isObject()) {
                return root;
            }
        } catch (IOException e) {
            throw new WitnessFault(name + " is not JSON");
        }
        throw new WitnessFault(name + " is not a JSON object");
    }

    static int height(JsonNode height, String name) throws WitnessFault {
        if (!height.isInt() || height.intValue() < 0) {
            throw new WitnessFault(name + " is not a height");
        }
        return height.intValue();
    }

    private static ByteString reversed(byte[] bytes) {
        byte[] other = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            other[i] = bytes[bytes.length - 1 - i];
        }
        return ByteString.copyFrom(other);
    }
}
