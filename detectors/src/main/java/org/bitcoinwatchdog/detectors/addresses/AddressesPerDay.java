package org.bitcoinwatchdog.detectors.addresses;

import java.time.Duration;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector;
import org.bitcoinwatchdog.detectors.fleet.FleetQuorum;
import org.bitcoinwatchdog.detectors.node.Detector;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.window.DistinctCount;
import org.bitcoinwatchdog.detectors.window.History;
import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;

/**
 * How many different addresses a node receives a day, against the median of its last days: the node's part of the
 * network-wide surge (rules.md section 2: 40,000 → 6,000,000 in 2021, 65,000 → 250,000 in April 2026). It writes no
 * alert; its score travels in the digest to {@link #onSeveralNodes}. Addresses that the node sends to crawlers don't
 * count. It keeps the sketch of today and the estimates of earlier days.
 *
 * <p>The hash is keyed with the time in nanoseconds at which the agent attached. No peer knows it.
 */
public final class AddressesPerDay implements Detector {
    static final String SECTION = "addresses-per-day";
    private static final long DAY_NS = Duration.ofDays(1).toNanos();
    /** A day with a longer gap is not counted. */
    private static final double WATCHED = 0.9;

    /**
     * @param factor  factor over the median from which a day is a surge
     * @param days    number of days of which the median is taken
     * @param minDays number of days needed
     * @param nodes   number of nodes that must see it
     * @param floor   different addresses a day below which nothing is a surge
     */
    public record Settings(boolean enabled, double factor, int days, int minDays, int nodes, long floor) implements RuleSettings {
        public Settings {
            Check.atLeastOne("min-days", minDays);
            Check.ordered("min-days", minDays, "days", days);
            Check.atLeastOne("nodes", nodes);
            Check.atLeastOne("floor", floor);
            if (!(factor > 1)) {
                throw new IllegalArgumentException("factor must be above 1");
            }
        }

        public static Settings defaults() {
            return new Settings(true, 2.5, 14, 7, 2, 20_000);
        }
    }

    private final Settings settings;
    private final History past;
    private DistinctCount today;
    private long key;
    private long day = -1;
    private long watchedSinceNs;
    private long estimate;

    public AddressesPerDay(Settings settings) {
        this.settings = settings;
        past = new History(settings.days());
        today = new DistinctCount();
    }

    /** The rule that writes the alert. */
    public static FleetDetector onSeveralNodes(Rule rule, Settings settings) {
        return new FleetQuorum(new FleetQuorum.Question(rule, SECTION, settings.nodes(), Severity.WARN,
                "receive far more different addresses a day than usual",
                "Someone spreads addresses through the whole network. Check whether other operators see it too, and watch these"
                        + " nodes' outbound peers.", Duration.ofMinutes(10)));
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.INBOUND_MESSAGE && payload == Message.PayloadCase.ADDRESSES;
    }

    @Override
    public boolean on(NodeEvent event, NodeContext node, AlertWriter alerts) {
        begin(node);
        for (AddressEntry entry : event.getInboundMessage().getAddresses().getEntriesList()) {
            today.add(entry.getAddress().getAddress());
        }
        return true;
    }

    @Override
    public boolean tick(NodeContext node, AlertWriter alerts) {
        boolean minute = node.nowNs() / 1_000_000_000L % 60 == 0;
        boolean newDay = begin(node);
        if (minute || newDay) {
            estimate = today.estimate();
        }
        return minute || newDay;
    }

    /** Closes a finished day, and keeps it if nearly all of it was watched. */
    private boolean begin(NodeContext node) {
        long now = node.nowNs() / DAY_NS;
        if (now == day) {
            return false;
        }
        boolean following = now == day + 1;
        if (following && (node.nowNs() - Math.max(watchedSinceNs, node.continuity().messagesKnownSinceNs())) >= WATCHED * DAY_NS) {
            past.add(today.estimate());
        }
        day = now;
        key = node.continuity().epoch();
        today = new DistinctCount(key);
        watchedSinceNs = node.nowNs();
        return true;
    }

    @Override
    public boolean stopped(NodeContext node, AlertWriter alerts) {
        return false;
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return past.size() < settings.minDays() ? Optional.empty() : Optional.of(score(estimate,
                Math.max(settings.floor(), settings.factor() * past.median()), "addresses"));
    }

    @Override
    public String section() {
        return SECTION;
    }

    @Override
    public void save(StateWriter out) {
        out.version(1).number(key).number(day).number(watchedSinceNs).number(estimate);
        today.save(out);
        past.save(out);
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        key = in.number();
        day = in.number();
        watchedSinceNs = in.number();
        estimate = in.number();
        today = new DistinctCount(key);
        today.restore(in);
        past.restore(in);
    }
}
