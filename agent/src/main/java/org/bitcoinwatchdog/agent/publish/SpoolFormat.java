package org.bitcoinwatchdog.agent.publish;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The format of a spool file. Each event has its length and CRC-32C, then epoch, time, node name and the serialized
 * event. Big-endian.
 */
final class SpoolFormat {
    /** Length and checksum. */
    private static final int FRAME_BYTES = 8;
    private static final int FIXED_BYTES = 8 + 8 + 2;

    /**
     * The content of a file.
     *
     * @param undamaged false if the rest of the file could not be read
     */
    record SpooledEvents(List<PendingEvent> events, boolean undamaged) {
    }

    /** Finds the account of a node and epoch. */
    interface Accounts {
        EventAccount of(String node, long epoch);
    }

    private SpoolFormat() {
    }

    static ByteBuffer write(PendingEvent event) {
        byte[] node = event.account().node().getBytes(StandardCharsets.UTF_8);
        int length = FIXED_BYTES + node.length + event.value().length;
        ByteBuffer bytes = ByteBuffer.allocate(FRAME_BYTES + length);
        bytes.putInt(length).putInt(0).putLong(event.account().epoch()).putLong(event.timeNs());
        bytes.putShort((short) node.length).put(node).put(event.value());
        bytes.putInt(4, checksum(bytes.slice(FRAME_BYTES, length)));
        return bytes.flip();
    }

    /** Reads up to the end or the first damage. */
    static SpooledEvents read(ByteBuffer file, Accounts accounts) {
        List<PendingEvent> events = new ArrayList<>();
        while (file.remaining() >= FRAME_BYTES) {
            int length = file.getInt();
            int checksum = file.getInt();
            if (length < FIXED_BYTES || length > file.remaining()
                    || checksum(file.slice(file.position(), length)) != checksum) {
                return new SpooledEvents(events, false);
            }
            int end = file.position() + length;
            long epoch = file.getLong();
            long timeNs = file.getLong();
            byte[] node = new byte[file.getShort()];
            file.get(node);
            byte[] value = new byte[end - file.position()];
            file.get(value);
            events.add(new PendingEvent(accounts.of(new String(node, StandardCharsets.UTF_8), epoch), timeNs, value));
        }
        return new SpooledEvents(events, !file.hasRemaining());
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
