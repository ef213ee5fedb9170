package org.bitcoinwatchdog.deploy.status;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.alerts.AlertOverview.ListedAlert;
import org.bitcoinwatchdog.alerts.matching.Matcher;
import org.bitcoinwatchdog.alerts.silence.Silence;
import org.bitcoinwatchdog.deploy.nodes.KnownNode;
import org.bitcoinwatchdog.deploy.text.Table;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.SafeText;
import org.bitcoinwatchdog.events.Severity;
import org.bitcoinwatchdog.events.TracepointStatus;

/** A {@link WatchStatus} for a terminal: the verdict first, then its parts. */
public final class StatusText {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int SHOWN = 20;

    private final StringBuilder text = new StringBuilder();

    private StatusText() {
    }

    /** Several lines, each with its end. */
    public static String of(WatchStatus status, Instant now) {
        StatusText text = new StatusText();
        List<String> problems = status.problems();
        text.text.append(problems.isEmpty() ? "OK: every known node is watched, and pages reach a sink.\n"
                : "NOT OK:\n");
        problems.forEach(problem -> text.text.append("  - ").append(SafeText.of(problem)).append('\n'));
        text.text.append('\n').append(nodes(status, now)).append('\n');
        text.row("detectors", status.detectors().members() + " running, " + String.format(Locale.ROOT, "%,d", status.detectors().unread()) + " events unread");
        text.row("alert workers", status.alertWorkers().members() + " running");
        text.rows("sinks", status.sinks().stream().map(sink -> sink + ": " + (status.delivered().containsKey(sink)
                ? "last success " + since(status.delivered().get(sink), now) : "nothing delivered yet")).toList());
        text.rows("silences", status.silences().stream().map(StatusText::silence).toList());
        List<String> firing = new ArrayList<>(List.of(counts(status.firing())));
        status.firing().stream().limit(SHOWN).forEach(alert -> firing.add(alert(alert, now)));
        if (status.firing().size() > SHOWN) {
            firing.add("and " + (status.firing().size() - SHOWN) + " more: see watchdog alerts");
        }
        text.rows("firing", firing);
        return text.text.toString();
    }

    private void rows(String name, List<String> values) {
        if (values.isEmpty()) {
            row(name, "none");
        }
        for (int i = 0; i < values.size(); i++) {
            row(i == 0 ? name : "", values.get(i));
        }
    }

    private void row(String name, String value) {
        text.append(String.format("%-14s %s", name, SafeText.of(value)).stripTrailing()).append('\n');
    }

    private static String nodes(WatchStatus status, Instant now) {
        if (status.nodes().isEmpty()) {
            return "nodes          none\n";
        }
        Table table = new Table("NODE", "NETWORK", "STATE", "TRACEPOINTS", "LOST CALLS", "LOST EVENTS", "LAST HEARD");
        for (KnownNode node : status.nodes()) {
            Heartbeat heartbeat = status.heartbeats().get(node.name());
            boolean known = heartbeat != null && heartbeat.getTracepointsCount() > 0;
            long attached = known ? heartbeat.getTracepointsList().stream().filter(TracepointStatus::getAttached).count() : 0;
            table.row(SafeText.of(node.name()), SafeText.of(node.network()), node.state().text(),
                    known ? attached + " of " + heartbeat.getTracepointsCount() : "-",
                    known ? String.valueOf(heartbeat.getTracepointsList().stream().mapToLong(TracepointStatus::getDropped).sum()) : "-",
                    heartbeat == null ? "-" : String.valueOf(heartbeat.getLost()), since(node.lastHeard(), now));
        }
        return table.toString();
    }

    private static String counts(List<ListedAlert> firing) {
        if (firing.isEmpty()) {
            return "nothing";
        }
        long muted = firing.stream().filter(listed -> listed.hidden().isPresent()).count();
        return List.of(Severity.PAGE, Severity.WARN, Severity.INFO).stream()
                .map(severity -> firing.stream().filter(listed -> listed.alert().severity() == severity).count() + " " + severity.label())
                .collect(Collectors.joining(", ")) + (muted == 0 ? "" : "; of " + muted + " no one is notified");
    }

    private static String alert(ListedAlert listed, Instant now) {
        Alert alert = listed.alert();
        return String.format("%-4s %s on %s since %s%s", alert.severity().label(), alert.labels().get(Alert.ALERTNAME),
                alert.labels().getOrDefault(Alert.NODE, alert.labels().get(Alert.FLEET)), since(alert.startsAt(), now),
                listed.hidden().map(why -> ", " + why).orElse(""));
    }

    private static String silence(Silence silence) {
        return silence.matchers().stream().map(Matcher::toString).collect(Collectors.joining(" ")) + " until "
                + UTC.format(silence.endsAt()) + ", " + silence.author() + ": " + silence.comment();
    }

    /** 2026-12-01 02:00 UTC (3 min ago) */
    private static String since(Instant at, Instant now) {
        Duration age = Duration.between(at, now);
        String ago = age.isNegative() ? "now" : age.toDays() > 0 ? age.toDays() + " d ago" : age.toHours() > 0 ? age.toHours() + " h ago"
                : age.toMinutes() > 0 ? age.toMinutes() + " min ago" : age.toSeconds() + " s ago";
        return UTC.format(at) + " (" + ago + ")";
    }
}
