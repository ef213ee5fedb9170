package org.bitcoinwatchdog.deploy.console.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.SafeText;

/**
 * An alert as the console shows it. Times are UNIX milliseconds.
 *
 * @param endsMs   null while it fires
 * @param spans    when it fired with which severity, oldest first, as far as the topic still has it
 * @param complete false if events of the evidence's window are missing
 */
public record AlertView(String fingerprint, boolean firing, Map<String, String> labels, String summary, String description,
        String runbookUrl, long startsMs, long updatedMs, Long endsMs, List<AlertSpan> spans, List<Measured> measurements,
        Map<String, List<String>> subjects, boolean complete) {

    /** @param endsMs null while it goes on */
    public record AlertSpan(long startsMs, Long endsMs, String severity) {
    }

    /** @param threshold null if the figure has none */
    public record Measured(String name, double value, Double threshold, String unit) {
        static Measured of(Measurement measurement) {
            return new Measured(SafeText.of(measurement.name(), ConsoleLimits.TEXT), measurement.value(), measurement.threshold(),
                    SafeText.of(measurement.unit(), ConsoleLimits.TEXT));
        }
    }

    @JsonIgnore
    int rank() {
        return switch (labels.getOrDefault(Alert.SEVERITY, "info")) {
            case "page" -> 2;
            case "warn" -> 1;
            default -> 0;
        };
    }
}
