package org.bitcoinwatchdog.agent.kernel;

import static org.bitcoinwatchdog.agent.kernel.Library.LIBC;

/**
 * Turns the kernel's time since boot (CLOCK_BOOTTIME, which counts through suspends) into UNIX time.
 *
 * <p>Both clocks run at the same rate, NTP's slewing included; only a step of the wall clock changes their difference.
 * So the difference is measured once and again with each {@link #follow()}, and replaced only where it moved by more
 * than a measurement may be wrong. Between steps, the times of events keep the kernel's order and distances exactly.
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

    /** UNIX time of the boot clock's zero, in nanoseconds: added to the kernel's times it makes UNIX times. */
    public long bootTimeNs() {
        return offsetNs;
    }

    /** UNIX time in nanoseconds, on the same scale as the events. */
    public long unixNowNs() {
        return offsetNs + now(LibC.CLOCK_BOOTTIME);
    }

    /** Takes over a step of the wall clock; to be called about once a second. Whether there was one. */
    public boolean follow() {
        long measured = measure();
        boolean stepped = Math.abs(measured - offsetNs) > STEP_NS;
        if (stepped) {
            offsetNs = measured;
        }
        return stepped;
    }

    /** The tightest of a few: a reading of the wall clock between two of the boot clock. */
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
