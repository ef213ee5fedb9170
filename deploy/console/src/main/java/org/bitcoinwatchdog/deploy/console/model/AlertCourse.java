package org.bitcoinwatchdog.deploy.console.model;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.SafeText;

/** One alert from its records: its present state, and when it fired with which severity. */
final class AlertCourse {
    private final ArrayDeque<AlertView.AlertSpan> spans = new ArrayDeque<>();
    private Alert latest;

    void fold(Alert alert) {
        latest = alert;
        String severity = SafeText.of(alert.labels().getOrDefault(Alert.SEVERITY, "info"), 16);
        long updatedMs = alert.updatedAt().toEpochMilli();
        AlertView.AlertSpan open = spans.peekLast();
        if (open != null && open.endsMs() == null && alert.firing() && open.severity().equals(severity)) {
            return;
        }
        if (open != null && open.endsMs() == null) {
            spans.removeLast();
            spans.addLast(new AlertView.AlertSpan(open.startsMs(), alert.firing() ? Long.valueOf(updatedMs) : endsMs(alert), open.severity()));
        } else if (!alert.firing() && (open == null || open.startsMs() < alert.startsAt().toEpochMilli())) {
            // Compaction left only the end.
            spans.addLast(new AlertView.AlertSpan(alert.startsAt().toEpochMilli(), endsMs(alert), severity));
        }
        if (alert.firing()) {
            boolean changed = open != null && open.endsMs() == null;
            spans.addLast(new AlertView.AlertSpan(changed ? updatedMs : alert.startsAt().toEpochMilli(), null, severity));
        }
        while (spans.size() > ConsoleLimits.ALERT_CHANGES) {
            spans.removeFirst();
        }
    }

    boolean firing() {
        return latest.firing();
    }

    Instant updatedAt() {
        return latest.updatedAt();
    }

    String fingerprint() {
        return latest.fingerprint();
    }

    AlertView view() {
        return new AlertView(latest.fingerprint(), latest.firing(), labels(), SafeText.of(latest.annotations().get(Alert.SUMMARY), 400),
                SafeText.of(latest.annotations().get(Alert.DESCRIPTION), ConsoleLimits.PROSE),
                SafeText.of(latest.annotations().get(Alert.RUNBOOK_URL), 400),
                latest.startsAt().toEpochMilli(), latest.updatedAt().toEpochMilli(), endsMs(latest), List.copyOf(spans),
                latest.evidence().measurements().stream().limit(ConsoleLimits.EVIDENCE).map(AlertView.Measured::of).toList(), subjects(),
                latest.evidence().complete());
    }

    private static Long endsMs(Alert alert) {
        return alert.endsAt() == null ? null : Long.valueOf(alert.endsAt().toEpochMilli());
    }

    private Map<String, String> labels() {
        Map<String, String> shown = new TreeMap<>();
        latest.labels().entrySet().stream().limit(ConsoleLimits.LABELS)
                .forEach(label -> shown.put(SafeText.of(label.getKey(), ConsoleLimits.TEXT), SafeText.of(label.getValue(), ConsoleLimits.TEXT)));
        return shown;
    }

    private Map<String, List<String>> subjects() {
        return latest.evidence().subjects().entrySet().stream()
                .filter(subject -> subject.getValue() != null).limit(ConsoleLimits.LABELS).collect(Collectors.toMap(
                subject -> SafeText.of(subject.getKey(), ConsoleLimits.TEXT),
                subject -> subject.getValue().stream().limit(ConsoleLimits.EVIDENCE).map(name -> SafeText.of(name, ConsoleLimits.TEXT)).toList(),
                (one, other) -> one, TreeMap::new));
    }
}
