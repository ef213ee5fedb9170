package org.bitcoinwatchdog.detectors.alerting;

import org.bitcoinwatchdog.events.Evidence;

/**
 * What a rule reports at one moment.
 *
 * @param summary     one line
 * @param description one readable paragraph: the figures against their thresholds, who, and what to check next
 */
public record Finding(String summary, String description, Evidence evidence) {
    /** One line without figures, as for the end of an alert. */
    public static Finding of(String text) {
        return new Finding(text, text + ".", Evidence.NONE);
    }
}
