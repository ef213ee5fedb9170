package org.bitcoinwatchdog.detectors;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Measurement;

/** The alerts of a test, as short lines that read like a story. */
public final class AlertLog implements Consumer<Alert> {
    private final List<Alert> alerts = new ArrayList<>();

    @Override
    public void accept(Alert alert) {
        alerts.add(alert);
    }

    public List<Alert> all() {
        return alerts;
    }

    public Alert last() {
        return alerts.get(alerts.size() - 1);
    }

    /** Each start, change of severity and end: "FleetLag alice warn", "FleetLag alice resolved". Refreshes are left out. */
    public List<String> changes() {
        List<String> lines = new ArrayList<>();
        Map<String, String> states = new HashMap<>();
        alerts.forEach(alert -> {
            String state = alert.firing() ? alert.severity().label() : "resolved";
            if (!state.equals(states.put(alert.fingerprint(), state))) {
                String whose = alert.labels().getOrDefault(Alert.NODE, "fleet");
                lines.add(alert.labels().get(Alert.ALERTNAME) + " " + whose + " " + state);
            }
        });
        return lines;
    }

    /** {@link #changes} of one rule. */
    public List<String> changesOf(String alertname) {
        return changes().stream().filter(change -> change.startsWith(alertname + " ")).toList();
    }

    public double measured(String name) {
        return last().evidence().measurements().stream()
                .filter(measurement -> measurement.name().equals(name)).mapToDouble(Measurement::value).findFirst().orElseThrow();
    }
}
