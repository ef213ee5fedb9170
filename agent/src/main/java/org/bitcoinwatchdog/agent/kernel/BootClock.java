package org.bitcoinwatchdog.agent.kernel;

import static org.bitcoinwatchdog.agent.kernel.Library.LIBC;

/**
 * Converts the kernel's time since boot (CLOCK_BOOTTIME, which includes suspends) to UNIX time.
 *
 * <p>NTP slews both clocks alike, so only a step of the wall clock changes their difference. {@link #follow()} measures
 * the difference again, and replaces it only if it moved by more than the error of a measurement. Between steps, the
 * times of events keep the kernel's order and distances exactly.
 */
public final class BootClock {
    private static final long STEP_NS = 1_000_000;
    private static final int MEASUREMENTS = 5;
    private static final long NS_PER_SECOND = 1_000_000_000;

    private final long[] time = new long[2];
    private long offsetNs;

    public BootClock() {
        offsetNs = measure();
    }

    /** UNIX time at the zero of the boot clock, in nanoseconds. A kernel time plus this is a UNIX time. */
    public long bootTimeNs() {
        return offsetNs;
    }

    /** UNIX time in nanoseconds, on the same scale as the events. */
    public long unixNowNs() {
        return offsetNs + now(LibC.CLOCK_BOOTTIME);
    }

    /**
     * Adopts a step of the wall clock. Call it about once a second.
     *
     * @return whether there was a step
     */
    public boolean follow() {
        long measured = measure();
        boolean stepped = Math.abs(measured - offsetNs) > STEP_NS;
        if (stepped) {
            offsetNs = measured;
        }
        return stepped;
    }

    /** The best of a few measurements: each reads the wall clock between two readings of the boot clock. */
    private long measure() {
        long narrowest = Long.MAX_VALUE;
        long offset = 0;
        for (int i = 0; i < MEASUREMENTS; i++) {
            long before = now(LibC.CLOCK_BOOTTIME);
            long unix = now(LibC.CLOCK_REALTIME);
            long after = now(LibC.CLOCK_BOOTTIME);
            if (after - before < narrowest) {
                narrowest = after - before;
                offset = unix - (before + (after - before) / 2);
            }
        }
        return offset;
    }

    private long now(int clock) {
        Library.checkedErrno(LIBC.clock_gettime(clock, time), "clock_gettime");
        return time[0] * NS_PER_SECOND + time[1];
    }
}
