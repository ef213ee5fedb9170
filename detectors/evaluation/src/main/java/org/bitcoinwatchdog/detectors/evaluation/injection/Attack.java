package org.bitcoinwatchdog.detectors.evaluation.injection;

import java.util.OptionalLong;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;

/** A disturbance that must be noticed, and knows from when on it can be. */
public interface Attack extends Disturbance {
    long NOT_YET = Long.MAX_VALUE;

    /** When it did its first visible harm, once it did: the delay of a detection counts from there. */
    long visibleSinceUs();

    static OptionalLong visible(Attack attack) {
        return attack.visibleSinceUs() == NOT_YET ? OptionalLong.empty() : OptionalLong.of(attack.visibleSinceUs());
    }
}
