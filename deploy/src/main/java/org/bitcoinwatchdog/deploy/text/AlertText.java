package org.bitcoinwatchdog.deploy.text;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.SafeText;

/** An alert as a person reads it on a terminal. */
public final class AlertText {
    private static final int SHOWN_SUBJECTS = 12;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private AlertText() {
    }

    /** Several lines, without the last line's end. Whatever a peer chose in it can't move the cursor. */
    public static String of(Alert alert) {
        StringBuilder text = new StringBuilder(heading(alert));
        annotation(text, alert, Alert.SUMMARY);
        annotation(text, alert, Alert.DESCRIPTION);
        for (Measurement measured : alert.evidence().measurements()) {
            text.append("\n    ").append(measurement(measured));
        }
        alert.evidence().subjects().forEach((kind, subjects) -> text.append(subjects.isEmpty() ? "" : "\n    " + subjects(kind, subjects)));
        if (!alert.evidence().complete()) {
            text.append("\n    some events were lost: the true figures may be higher");
        }
        String runbook = alert.annotations().get(Alert.RUNBOOK_URL);
        if (runbook != null) {
            text.append("\n    runbook: ").append(runbook);
        }
        return SafeText.lines(text.toString());
    }

    private static String heading(Alert alert) {
        Map<String, String> labels = alert.labels();
        String where = labels.getOrDefault(Alert.NODE, "fleet " + labels.getOrDefault(Alert.FLEET, ""));
        String heading = String.format(Locale.ROOT, "%-8s %-4s %s  %s on %s", alert.firing() ? "FIRING" : "RESOLVED",
                alert.severity().label(), TIME.format(alert.updatedAt()), labels.get(Alert.ALERTNAME), where);
        return alert.firing() ? heading : heading + "  after " + seconds(alert.startsAt(), alert.endsAt());
    }

    private static void annotation(StringBuilder text, Alert alert, String name) {
        String annotation = alert.annotations().get(name);
        if (annotation != null) {
            text.append("\n  ").append(annotation.replace("\n", "\n  "));
        }
    }

    private static String measurement(Measurement measured) {
        String text = measured.name() + " " + number(measured.value()) + " " + measured.unit();
        return measured.threshold() == null ? text : text + " (threshold " + number(measured.threshold()) + ")";
    }

    private static String subjects(String kind, List<String> subjects) {
        String shown = String.join(", ", subjects.subList(0, Math.min(SHOWN_SUBJECTS, subjects.size())));
        int more = subjects.size() - SHOWN_SUBJECTS;
        return kind + ": " + shown + (more > 0 ? " and " + more + " more" : "");
    }

    private static String seconds(Instant from, Instant to) {
        return number((to.toEpochMilli() - from.toEpochMilli()) / 1e3) + " s";
    }

    private static String number(double value) {
        return new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }
}
