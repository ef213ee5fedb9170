package org.bitcoinwatchdog.events;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The evidence of an alert.
 *
 * @param measurements the measured values against their thresholds
 * @param subjects     the affected items by kind: {@code peers}, {@code netgroups}, {@code as-numbers}, {@code blocks},
 *                     {@code nodes}. A peer may have chosen these strings
 * @param complete     false if the window has a hole, because events were lost or the agent was away
 */
public record Evidence(List<Measurement> measurements, Map<String, List<String>> subjects, boolean complete) {
    public static final Evidence NONE = new Evidence(List.of(), Map.of(), true);

    public Evidence {
        measurements = measurements == null ? List.of() : List.copyOf(measurements);
        subjects = subjects == null ? Map.of() : java.util.Collections.unmodifiableMap(new TreeMap<>(subjects));
    }
}
