package org.bitcoinwatchdog.agent.kernel;

import java.nio.ByteBuffer;

/** Takes the records of bpf/record.h, one after the other. */
@FunctionalInterface
public interface RecordConsumer {
    /**
     * @param records the ring buffer itself, or a part of it, little-endian: valid only during the call
     * @param offset  where the record begins
     * @param length  its bytes, perhaps more than its contents need
     */
    void accept(ByteBuffer records, int offset, int length);
}
