package org.bitcoinwatchdog.events;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an alert rests on.
 *
 * @param measurements the measured values against their thresholds
 * @param subjects     lists of what is meant, by kind: {@code peers}, {@code netgroups}, {@code as-numbers},
 *                     {@code blocks}, {@code nodes}. Strings that a peer may have chosen.
 * @param complete     false where the window had a hole: events lost, or an agent that was away
 */
public record Evidence(List<Measurement> measurements, Map<String, List<String>> subjects, boolean complete) {
    public static final Evidence NONE = new Evidence(List.of(), Map.of(), true);

    public Evidence {
        measurements = measurements == null ? List.of() : List.copyOf(measurements);
        subjects = subjects == null ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(subjects));
    }
}
