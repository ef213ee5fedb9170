package org.bitcoinwatchdog.agent.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The consumer's side of a {@code BPF_MAP_TYPE_RINGBUF}, read through its mapping (kernel/bpf/ringbuf.c, and
 * Documentation/bpf/ringbuf.rst).
 *
 * <p>The map's memory has three parts: one page with the consumer's position, which is written here; one page with the
 * producers' position; and the data, mapped twice in a row so that no record is split. Each record begins with 8 bytes:
 * its length with a busy and a discard bit, and an offset for the kernel.
 *
 * <p>Memory ordering follows the kernel's code. A producer reserves space with the busy bit set, by moving the
 * producers' position with a store-release. It commits by exchanging the length without the busy bit, which is a full
 * barrier. So the position and each length are read with load-acquire, and the bytes that they announce are visible.
 * The consumer's position is stored with release, after the last read of the records before it: from then on producers
 * may overwrite them.
 *
 * <p>Not thread-safe.
 */
public final class RingBuffer implements AutoCloseable {
    /** Takes records of bpf/record.h, one at a time. */
    @FunctionalInterface
    public interface RecordConsumer {
        /**
         * @param records the ring buffer itself or a part of it, little-endian; valid only during the call
         * @param offset  where the record begins
         * @param length  of the record in bytes, which may be more than its content
         */
        void accept(ByteBuffer records, int offset, int length);
    }

    private static final VarHandle LONG =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final int BUSY = 1 << 31;
    private static final int DISCARD = 1 << 30;
    private static final int HEADER_BYTES = 8;
    /** Space is given back to the producers after so many bytes, so that a long batch makes room while it is read. */
    private static final int GIVE_BACK_BYTES = 1 << 16;
    private final Mapping consumerMapping;
    private final Mapping producerMapping;
    private final ByteBuffer consumerPage;
    private final ByteBuffer producerPage;
    private final RingWindow data;
    private final long mask;
    private long position;
    /** Producers may overwrite everything before this position. */
    private long givenBack;
    /** The number of records in this drain. */
    private int records;

    private RingBuffer(Mapping consumerMapping, Mapping producerMapping, RingWindow data, int dataBytes) {
        this.consumerMapping = consumerMapping;
        this.producerMapping = producerMapping;
        this.consumerPage = consumerMapping.view();
        this.producerPage = producerMapping.view();
        this.data = data;
        this.mask = dataBytes - 1L;
    }

    /** @param dataBytes the map's max_entries, a power of two */
    static RingBuffer map(int fd, int dataBytes) {
        int pageBytes = Mapping.pageBytes();
        try (Handles mapped = new Handles()) {
            Mapping consumer = Mapping.of(fd, 0, pageBytes, LibC.PROT_READ | LibC.PROT_WRITE);
            mapped.add(consumer::close);
            Mapping producer = Mapping.of(fd, pageBytes, pageBytes, LibC.PROT_READ);
            mapped.add(producer::close);
            RingBuffer buffer = new RingBuffer(consumer, producer, new RingWindow(fd, 2L * pageBytes, dataBytes), dataBytes);
            mapped.release();
            return buffer;
        }
    }

    /**
     * Hands over the records that are committed by now, at most as many as fit into the ring. Each is handed over once,
     * even if the consumer throws.
     *
     * @return the number of records
     */
    public int drain(RecordConsumer consumer) {
        position = (long) LONG.get(consumerPage, 0);
        givenBack = position;
        long to = (long) LONG.getAcquire(producerPage, 0);
        records = 0;
        try {
            while (position < to && take(consumer)) {
                continue;
            }
        } finally {
            LONG.setRelease(consumerPage, 0, position);
        }
        return records;
    }

    /**
     * Hands over the record at the position and advances; false if it is not committed yet. A method of its own,
     * because the JVM compiles a method after some hundred calls but a loop only after sixty thousand rounds.
     */
    private boolean take(RecordConsumer consumer) {
        int offset = data.moveTo((int) (position & mask));
        int header = (int) INT.getAcquire(data.bytes(), offset);
        if ((header & BUSY) != 0) {
            return false;
        }
        int length = header & ~DISCARD;
        position += (length + HEADER_BYTES + 7) & ~7;
        if (length == header) {
            consumer.accept(data.bytes(), offset + HEADER_BYTES, length);
            records++;
        }
        if (position - givenBack >= GIVE_BACK_BYTES) {
            LONG.setRelease(consumerPage, 0, position);
            givenBack = position;
        }
        return true;
    }

    @Override
    public void close() {
        try (Handles handles = new Handles()) {
            handles.add(consumerMapping::close);
            handles.add(producerMapping::close);
            handles.add(data::close);
        }
    }
}
