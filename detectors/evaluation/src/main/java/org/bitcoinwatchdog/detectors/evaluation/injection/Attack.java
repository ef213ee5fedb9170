package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.util.OptionalLong;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;

/** A disturbance that must be noticed. It knows from when on it is visible. */
public interface Attack extends Disturbance {
    long NOT_YET = Long.MAX_VALUE;

    /** Time of its first visible harm; empty before. The delay of a detection counts from there. */
    long visibleSinceUs();

    static OptionalLong visible(Attack attack) {
        return attack.visibleSinceUs() == NOT_YET ? OptionalLong.empty() : OptionalLong.of(attack.visibleSinceUs());
    }
}
