package org.bitcoinwatchdog.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * Records that no agent writes, generated from a seed: no value, random bytes, cut messages, and messages that protobuf
 * accepts but whose values make no sense.
 */
public final class HostileRecords {
    /** A name that fuzzing never uses. */
    public static final String GOOD_NODE = "good";

    private static final int NAMES = 10_000;
    private static final int DEEPEST = 4;
    private static final long NOW_NS = 1_795_361_549_000_000_000L;
    private static final long[] NUMBERS = {0, 1, -1, 2, 255, Integer.MAX_VALUE, Integer.MIN_VALUE, Long.MAX_VALUE, Long.MIN_VALUE,
        NOW_NS, NOW_NS + 1_000_000_000L, NOW_NS - 100_000_000_000L, 1L << 32};
    private static final double[] REALS = {0, -0.0, 1, -1, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY,
        Double.MAX_VALUE, Double.MIN_VALUE};
    private static final String[] TEXTS = {"", "alice", "main", "regtest", "inv", "addrv2", "a\0b", "\u202Egnp.exe", "\u0007\u001b[2J",
        "x\r\ny", "203.0.113.7:8333", "[::1", ":", "[]:", "xyz.onion:99999999999", "net:inbound_message", "\uD83D\uDE00", "../..",
        "<script>", "{{node}}", "%s%n%d", "\u2028"};

    private final Random random;

    /** A record of a topic. */
    public record Raw(byte[] key, byte[] value) {
    }

    public HostileRecords(long seed) {
        random = new Random(seed);
    }

    /** @param type of the topic's messages, with a field {@code node} */
    public Raw next(Message type) {
        byte[] message = message(type.newBuilderForType(), 0).toByteArray();
        return switch (random.nextInt(20)) {
            case 0 -> new Raw(key(), null);
            case 1 -> new Raw(null, message);
            case 2 -> new Raw(null, null);
            case 3, 4 -> new Raw(key(), bytes(200));
            case 5, 6 -> new Raw(key(), Arrays.copyOf(message, random.nextInt(message.length + 1)));
            case 7 -> new Raw(bytes(20), flipped(message));
            default -> new Raw(key(), message);
        };
    }

    private Message message(Message.Builder builder, int depth) {
        Descriptor descriptor = builder.getDescriptorForType();
        // One of the alternatives, each with the same probability.
        descriptor.getRealOneofs().forEach(oneof -> set(builder, oneof.getField(random.nextInt(oneof.getFieldCount())), depth));
        for (FieldDescriptor field : descriptor.getFields()) {
            if (field.getRealContainingOneof() == null && (depth == 0 || random.nextInt(10) < 6)) {
                set(builder, field, depth);
            }
        }
        return builder.build();
    }

    private void set(Message.Builder builder, FieldDescriptor field, int depth) {
        if (field.getName().equals("node") && depth == 0) {
            builder.setField(field, node());
        } else if (!field.isRepeated()) {
            builder.setField(field, value(builder, field, depth));
        } else if (depth < DEEPEST) {
            int count = random.nextInt(50) == 0 ? 1_000 : random.nextInt(4);
            for (int i = 0; i < count; i++) {
                builder.addRepeatedField(field, value(builder, field, count > 10 ? DEEPEST : depth));
            }
        }
    }

    private Object value(Message.Builder builder, FieldDescriptor field, int depth) {
        return switch (field.getJavaType()) {
            case INT -> (int) number();
            case LONG -> number();
            case FLOAT -> (float) REALS[random.nextInt(REALS.length)];
            case DOUBLE -> REALS[random.nextInt(REALS.length)];
            case BOOLEAN -> random.nextBoolean();
            case STRING -> text();
            case BYTE_STRING -> ByteString.copyFrom(random.nextInt(3) > 0 ? bytesOf(32) : bytes(100));
            case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown(random.nextInt(12) - 1);
            case MESSAGE -> depth >= DEEPEST ? builder.newBuilderForField(field).build()
                    : message(builder.newBuilderForField(field), depth + 1);
        };
    }

    private String node() {
        return switch (random.nextInt(10)) {
            case 0 -> text();
            case 1, 2, 3 -> "node-" + random.nextInt(NAMES);
            default -> "node-" + random.nextInt(4);
        };
    }

    private long number() {
        return random.nextInt(4) == 0 ? random.nextLong() : NUMBERS[random.nextInt(NUMBERS.length)];
    }

    private String text() {
        return random.nextInt(200) == 0 ? "x".repeat(100_000) : TEXTS[random.nextInt(TEXTS.length)];
    }

    private byte[] key() {
        return random.nextInt(10) == 0 ? bytes(20) : node().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] flipped(byte[] message) {
        byte[] flipped = message.clone();
        for (int i = 0; i < 3 && flipped.length > 0; i++) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private byte[] bytes(int most) {
        return bytesOf(random.nextInt(most + 1));
    }

    private byte[] bytesOf(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
