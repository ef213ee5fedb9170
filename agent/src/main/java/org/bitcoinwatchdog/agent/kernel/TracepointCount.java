package org.bitcoinwatchdog.agent.kernel;

/**
 * How often a tracepoint fired since it was attached, as the kernel counted.
 *
 * @param captured a record is or was in the ring buffer
 * @param dropped  there was no space for it
 */
public record TracepointCount(long captured, long dropped) {
    public static final TracepointCount NONE = new TracepointCount(0, 0);

    public long fired() {
        return captured + dropped;
    }
}
