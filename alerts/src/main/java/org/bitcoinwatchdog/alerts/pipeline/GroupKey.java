package org.bitcoinwatchdog.alerts.pipeline;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.events.Alert;

/**
 * Names a group: the alerts that share a notification.
 *
 * @param text   unique within a sink
 * @param labels equal in all alerts of the group
 */
public record GroupKey(String text, SortedMap<String, String> labels) {

    /** The fingerprint names the group of a single alert, so that a change of its severity does not change the group. */
    static GroupKey of(Route route, Alert alert, boolean sinkTakesGroups) {
        SortedMap<String, String> labels = new TreeMap<>();
        if (route.groupBy().isEmpty() || !sinkTakesGroups) {
            labels.putAll(alert.labels());
            labels.remove(Alert.SEVERITY);
            return new GroupKey("{}:" + alert.fingerprint(), labels);
        }
        route.groupBy().forEach(name -> labels.put(name, alert.labels().getOrDefault(name, "")));
        return new GroupKey(route.text() + ":" + text(labels), labels);
    }

    static String text(SortedMap<String, String> labels) {
        return labels.entrySet().stream().map(GroupKey::label).collect(Collectors.joining(",", "{", "}"));
    }

    private static String label(Map.Entry<String, String> label) {
        return label.getKey() + "=\"" + label.getValue().replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
