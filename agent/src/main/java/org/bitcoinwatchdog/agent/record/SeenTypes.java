package org.bitcoinwatchdog.agent.record;

import org.bitcoinwatchdog.agent.p2p.PayloadDecoder;
import org.bitcoinwatchdog.agent.p2p.PayloadDecoders;
import org.bitcoinwatchdog.agent.record.RecordLayout.MessageRecord;

/**
 * The message types of recent messages, each with its decoder. There are few, and they are found by the bytes of their
 * names.
 */
final class SeenTypes {
    private static final int SLOT_BITS = 8;
    /** A multiplier that spreads values which differ in few bits: 2^64 divided by the golden ratio. */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    /**
     * @param words   the name as in the record
     * @param decoder null if only name and size matter
     */
    record SeenType(long[] words, String name, PayloadDecoder decoder) {
    }

    private final PayloadDecoders decoders;
    private final SeenType[] slots = new SeenType[1 << SLOT_BITS];

    SeenTypes(PayloadDecoders decoders) {
        this.decoders = decoders;
    }

    /** The type of a message's record. */
    SeenType of(RecordBytes record) {
        long mixed = record.int64(MessageRecord.MESSAGE_TYPE) * SPREAD ^ record.int64(MessageRecord.MESSAGE_TYPE + Long.BYTES);
        int slot = (int) (mixed * SPREAD >>> Long.SIZE - SLOT_BITS);
        SeenType seen = slots[slot];
        if (seen == null || !record.holds(MessageRecord.MESSAGE_TYPE, seen.words)) {
            String name = record.text(MessageRecord.MESSAGE_TYPE, RecordLayout.MESSAGE_TYPE_BYTES);
            long[] words = record.words(MessageRecord.MESSAGE_TYPE, RecordLayout.MESSAGE_TYPE_BYTES);
            seen = new SeenType(words, name, decoders.of(name));
            slots[slot] = seen;
        }
        return seen;
    }
}
