package org.bitcoinwatchdog.detectors.window;

import java.time.Duration;
import java.util.OptionalLong;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;

/** Counts in consecutive windows. A window with a gap is dropped. */
public final class TumblingCount {
    private final long windowNs;
    private long beganNs;
    private long count;

    public TumblingCount(Duration window) {
        windowNs = window.toNanos();
    }

    public void add(long amount) {
        count += amount;
    }

    /** Whether the window is over, so that {@link #close} must be called. */
    public boolean over(long nowNs) {
        return nowNs - beganNs >= windowNs || nowNs < beganNs;
    }

    /**
     * Begins the next window.
     *
     * @param knownSinceNs begin of the time without gaps
     * @return the count of the finished window, if it is complete
     */
    public OptionalLong close(long nowNs, long knownSinceNs) {
        boolean complete = beganNs != 0 && knownSinceNs <= beganNs && nowNs >= beganNs && nowNs - beganNs < 2 * windowNs;
        OptionalLong closed = complete ? OptionalLong.of(count) : OptionalLong.empty();
        beganNs = nowNs;
        count = 0;
        return closed;
    }

    public void save(StateWriter out) {
        out.number(beganNs).number(count);
    }

    public void restore(StateReader in) {
        beganNs = in.number();
        count = in.number();
    }
}
