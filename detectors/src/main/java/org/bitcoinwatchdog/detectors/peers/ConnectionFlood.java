package org.bitcoinwatchdog.detectors.peers;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.NodeRule;
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
public final class ConnectionFlood extends NodeRule {
    private static final long MINUTE_NS = Duration.ofMinutes(1).toNanos();
    /** Limit of netgroups in one minute. A flood from more netgroups is not the flood of a single one. */
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
    /**
     * The netgroups over the limit in the last whole minute, with the number of such minutes in a row and the excess.
     */
    private Map<String, Streak> runs = new TreeMap<>();
    /** Counted from the epoch. */
    private long minute;
    private int mostInMinute;
    /** Whether a finished minute is still to be judged. */
    private boolean due;

    private record Streak(int minutes, int opened) {
    }

    public ConnectionFlood(Rule rule, Settings settings) {
        super(rule, Duration.ofMinutes(1), Cadence.EACH_SECOND);
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.INBOUND_CONNECTION;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        Optional<String> netgroup = Endings.netgroup(event.getInboundConnection().getPeer()).map(group -> group.name());
        if (netgroup.isEmpty() || opened.size() >= NETGROUPS && !opened.containsKey(netgroup.get())) {
            return false;
        }
        close(node);
        mostInMinute = Math.max(mostInMinute, opened.merge(netgroup.get(), 1, Integer::sum));
        return true;
    }

    @Override
    protected boolean advance(NodeContext node) {
        return close(node);
    }

    /** Closes the minute once it is over. */
    private boolean close(NodeContext node) {
        long now = Math.floorDiv(node.nowNs(), MINUTE_NS);
        if (now == minute) {
            return false;
        }
        Map<String, Streak> next = new TreeMap<>();
        boolean inARow = now == minute + 1;
        if (inARow) {
            opened.forEach((netgroup, count) -> {
                if (count > settings.perMinute()) {
                    Streak before = runs.get(netgroup);
                    next.put(netgroup, new Streak(before == null ? 1 : before.minutes() + 1, count));
                }
            });
        }
        runs = next;
        minute = now;
        opened.clear();
        mostInMinute = 0;
        due = true;
        return true;
    }

    @Override
    protected boolean judgesNow(NodeContext node) {
        return due;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        if (!due) {
            return Judgement.UNDECIDED;
        }
        due = false;
        boolean flood = runs.values().stream().anyMatch(run -> run.minutes() >= settings.minutes() || firing());
        return Judgement.of(flood, Severity.WARN, () -> finding(node), () -> over(node));
    }

    /** A flood of the old process does not affect the new one. */
    @Override
    protected boolean restarted(NodeContext node) {
        opened.clear();
        runs.clear();
        mostInMinute = 0;
        return true;
    }

    @Override
    protected End end() {
        return End.WITH_PROCESS;
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return Optional.of(score(mostInMinute, settings.perMinute(), "per-minute"));
    }

    /**
     * The netgroups over the limit for long enough. While an alert fires and there is none, all netgroups over the
     * limit.
     */
    private List<Map.Entry<String, Streak>> flooding() {
        List<Map.Entry<String, Streak>> flooding = runs.entrySet().stream()
                .filter(entry -> entry.getValue().minutes() >= settings.minutes()).toList();
        return flooding.isEmpty() ? List.copyOf(runs.entrySet()) : flooding;
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = "No netgroup floods " + node.node() + " with connections now";
        return new Finding(text, text + ".", Evidence.NONE);
    }

    private Finding finding(NodeContext node) {
        List<Map.Entry<String, Streak>> worst = flooding().stream()
                .sorted(Comparator.comparingInt(entry -> -entry.getValue().opened())).limit(10).toList();
        Streak run = worst.get(0).getValue();
        String summary = String.format(Locale.ROOT, "%s gets %d new connections a minute from %s", node.node(), run.opened(), worst.get(0).getKey());
        String description = String.format(Locale.ROOT, "%s, for %s in a row (warns above %d in each of %d; six a minute are usual from all"
                        + " netgroups together). Check what these peers send (bitcoin-cli getpeerinfo: subver, bytesrecv), whether they"
                        + " displace other peers (evictions in debug.log), and ban the netgroup (setban) if they are useless.",
                summary, Words.count(run.minutes(), "minute"), settings.perMinute(), settings.minutes());
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("connections-per-minute", run.opened(), settings.perMinute(), "per-minute"),
                        Measurement.against("minutes", run.minutes(), settings.minutes(), "minutes")),
                Map.of("netgroups", worst.stream().map(Map.Entry::getKey).toList()),
                node.continuity().connectionsKnownSinceNs() <= node.nowNs() - run.minutes() * MINUTE_NS));
    }

    @Override
    protected int formerVersions() {
        return 1;
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.number(minute).number(mostInMinute)
                .each(opened.entrySet(), (entry, to) -> to.text(entry.getKey()).number(entry.getValue()))
                .each(runs.entrySet(), (entry, to) ->
                        to.text(entry.getKey()).number(entry.getValue().minutes()).number(entry.getValue().opened()));
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        minute = in.number();
        mostInMinute = in.integer();
        in.each(from -> opened.put(from.text(), from.integer()));
        in.each(from -> runs.put(from.text(), new Streak(from.integer(), from.integer())));
    }
}
