package org.bitcoinwatchdog.detectors.peers;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.alerting.AlertState;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.node.Detector;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.Scores;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;

/**
 * One netgroup opens many inbound connections, minute after minute. A listening node sees 343 an hour from all netgroups
 * together (rules.md section 3), which is fewer than six a minute. Peers from 127.0.0.1 have no netgroup, so neither
 * functional tests nor a Tor daemon count.
 */
public final class ConnectionFlood implements Detector {
    private static final long MINUTE_NS = Duration.ofMinutes(1).toNanos();
    /** Netgroups of one minute; a flood from more than these is no flood from one of them. */
    private static final int NETGROUPS = 4_096;

    /**
     * @param perMinute new connections of one netgroup in a minute above which it counts
     * @param minutes   number of such minutes in a row from which the rule warns
     */
    public record Settings(boolean enabled, int perMinute, int minutes) implements RuleSettings {
        public Settings {
            Check.atLeastOne("per-minute", perMinute);
            Check.atLeastOne("minutes", minutes);
        }

        public static Settings defaults() {
            return new Settings(true, 20, 5);
        }
    }

    private final Settings settings;
    private final Map<String, Integer> opened = new TreeMap<>();
    /** Of the netgroups that were over the limit in the last whole minute: in how many in a row, and how far. */
    private Map<String, Run> runs = new TreeMap<>();
    private final AlertState alert;
    /** Counted from the epoch. */
    private long minute;
    private int mostInMinute;

    private record Run(int minutes, int opened) {
    }

    public ConnectionFlood(Rule rule, Settings settings) {
        this.settings = settings;
        alert = new AlertState(rule, Duration.ofMinutes(1));
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return switch (body) {
            case INBOUND_CONNECTION, NODE_STARTED, HEARTBEAT -> true;
            default -> false;
        };
    }

    @Override
    public boolean on(NodeEvent event, NodeContext node, AlertWriter alerts) {
        if (node.continuity().restarted()) {
            forget();
            alert.end(node.nowNs(), () -> finding(false, node), alerts);
            return true;
        }
        if (!event.hasInboundConnection()) {
            return false;
        }
        Optional<String> netgroup = Endings.netgroup(event.getInboundConnection().getPeer()).map(group -> group.name());
        if (netgroup.isEmpty() || opened.size() >= NETGROUPS && !opened.containsKey(netgroup.get())) {
            return false;
        }
        close(node, alerts);
        mostInMinute = Math.max(mostInMinute, opened.merge(netgroup.get(), 1, Integer::sum));
        return true;
    }

    @Override
    public boolean tick(NodeContext node, AlertWriter alerts) {
        return close(node, alerts);
    }

    /** Closes the minute once it is over. */
    private boolean close(NodeContext node, AlertWriter alerts) {
        long now = Math.floorDiv(node.nowNs(), MINUTE_NS);
        if (now == minute) {
            return false;
        }
        Map<String, Run> next = new TreeMap<>();
        boolean inARow = now == minute + 1;
        if (inARow) {
            opened.forEach((netgroup, count) -> {
                if (count > settings.perMinute()) {
                    Run before = runs.get(netgroup);
                    next.put(netgroup, new Run(before == null ? 1 : before.minutes() + 1, count));
                }
            });
        }
        runs = next;
        minute = now;
        opened.clear();
        mostInMinute = 0;
        boolean flood = runs.values().stream().anyMatch(run -> run.minutes() >= settings.minutes() || alert.firing());
        alert.judge(flood ? Optional.of(Severity.WARN) : Optional.empty(), node.nowNs(), () -> finding(flood, node), alerts);
        return true;
    }

    @Override
    public boolean stopped(NodeContext node, AlertWriter alerts) {
        forget();
        alert.end(node.nowNs(), () -> finding(false, node), alerts);
        return true;
    }

    /** A flood of the old process says nothing of the new one. */
    private void forget() {
        opened.clear();
        runs.clear();
        mostInMinute = 0;
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return Optional.of(Scores.of(section(), mostInMinute, settings.perMinute(), "per-minute"));
    }

    /** Those over the limit for long enough; while an alert fires, all over the limit if none is any more. */
    private List<Map.Entry<String, Run>> flooding() {
        List<Map.Entry<String, Run>> flooding = runs.entrySet().stream()
                .filter(entry -> entry.getValue().minutes() >= settings.minutes()).toList();
        return flooding.isEmpty() ? List.copyOf(runs.entrySet()) : flooding;
    }

    private Finding finding(boolean flood, NodeContext node) {
        if (!flood) {
            String text = "No netgroup floods " + node.node() + " with connections any more";
            return new Finding(text, text + ".", Evidence.NONE);
        }
        List<Map.Entry<String, Run>> worst = flooding().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().opened())).limit(10).toList();
        Run run = worst.get(0).getValue();
        String summary = String.format(Locale.ROOT, "%s gets %d new connections a minute from %s", node.node(), run.opened(), worst.get(0).getKey());
        String description = String.format(Locale.ROOT, "%s, for %s in a row (warns above %d in each of %d; ordinary are six a minute from all"
                        + " netgroups together). Check what these peers send (bitcoin-cli getpeerinfo: subver, bytesrecv), whether they"
                        + " push out others (evictions in debug.log), and ban the netgroup (setban) if they are of no use.",
                summary, Words.count(run.minutes(), "minute"), settings.perMinute(), settings.minutes());
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("connections-per-minute", run.opened(), settings.perMinute(), "per-minute"),
                        Measurement.against("minutes", run.minutes(), settings.minutes(), "minutes")),
                Map.of("netgroups", worst.stream().map(Map.Entry::getKey).toList()),
                node.continuity().connectionsKnownSinceNs() <= node.nowNs() - run.minutes() * MINUTE_NS));
    }

    @Override
    public String section() {
        return alert.rule().key();
    }

    @Override
    public void save(StateWriter out) {
        out.version(1).number(minute).number(mostInMinute)
                .each(opened.entrySet(), (entry, to) -> to.text(entry.getKey()).number(entry.getValue()))
                .each(runs.entrySet(), (entry, to) ->
                        to.text(entry.getKey()).number(entry.getValue().minutes()).number(entry.getValue().opened()));
        alert.save(out);
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        minute = in.number();
        mostInMinute = in.integer();
        in.each(from -> opened.put(from.text(), from.integer()));
        in.each(from -> runs.put(from.text(), new Run(from.integer(), from.integer())));
        alert.restore(in);
    }
}
