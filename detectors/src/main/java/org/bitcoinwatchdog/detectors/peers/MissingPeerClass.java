package org.bitcoinwatchdog.detectors.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.NodeRule;
import org.bitcoinwatchdog.detectors.node.Peer;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Severity;

/**
 * The node has no block-relay-only peer, or opens no feeler, for hours (rules.md section 3). Core opens connections in
 * an order (ThreadOpenConnections, net.cpp): eight full-relay peers, then two block-relay-only peers, and a feeler only
 * if all these slots are taken. So one slot that can't be filled stops all later classes. The rule is armed once the
 * node has had the class. It stays armed after a restart only if the agent reports options that allow the class.
 */
public final class MissingPeerClass extends NodeRule {
    /** Number of feelers needed before their mean interval is used. */
    private static final int ENOUGH_FEELERS = 4;
    private static final double WEIGHT = 1.0 / 16;
    /** Core's slots, MAX_OUTBOUND_FULL_RELAY_CONNECTIONS and MAX_BLOCK_RELAY_ONLY_CONNECTIONS (net.h). */
    private static final int FULL_RELAY = 8;
    private static final int BLOCK_RELAY = 2;

    /**
     * @param warn         time without a peer of the class from which the rule warns
     * @param budgetPeriod time in which one gap between two feelers may be too long by chance; if the resulting gap is
     *                     longer than {@code warn}, it replaces {@code warn}
     */
    public record Settings(boolean enabled, Duration warn, Duration budgetPeriod, Duration clearAfter) implements RuleSettings {
        public Settings {
            Check.positive("warn", warn);
            Check.ordered("warn", warn, "budget-period", budgetPeriod);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofHours(2), Duration.ofDays(365), Duration.ofMinutes(5));
        }
    }

    private record Absence(String name, long sinceNs, long limitNs) {
    }

    private final Settings settings;
    private final PerMembership<Integer> fullRelay = of(ConnectionType.CONNECTION_TYPE_OUTBOUND_FULL_RELAY);
    private final PerMembership<Integer> blockRelay = of(ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY);
    private boolean hadBlockRelay;
    private long blockRelayAtNs;
    private int feelers;
    private long feelerAtNs;
    private double meanIntervalNs;

    public MissingPeerClass(Rule rule, Settings settings) {
        super(rule, settings.clearAfter());
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.OUTBOUND_CONNECTION;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        boolean feeler = event.getOutboundConnection().getPeer().getConnectionType() == ConnectionType.CONNECTION_TYPE_FEELER;
        if (feeler) {
            opensFeeler(node);
        }
        return feeler;
    }

    @Override
    protected boolean restarted(NodeContext node) {
        if (node.runs().options().isEmpty()) {
            forget();
        }
        countFrom(node.nowNs());
        return true;
    }

    private void opensFeeler(NodeContext node) {
        long sinceNs = sinceNs(feelerAtNs, node);
        if (feelers > 0) {
            double weight = Math.max(WEIGHT, 1.0 / feelers);
            meanIntervalNs += weight * (node.nowNs() - sinceNs - meanIntervalNs);
        }
        feelers++;
        feelerAtNs = node.nowNs();
    }

    @Override
    protected boolean advance(NodeContext node) {
        if (node.continuity().seesOutbound()) {
            return look(node);
        }
        boolean knew = hadBlockRelay || feelers > 0;
        forget();
        return knew;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        if (!node.continuity().seesOutbound()) {
            return Judgement.over(() -> Finding.of("It is no longer known which outbound peers " + node.node() + " has"));
        }
        List<Absence> missing = missing(node);
        return Judgement.of(!missing.isEmpty(), Severity.WARN, () -> finding(missing, node), () -> over(node));
    }

    private boolean look(NodeContext node) {
        if (fullRelay.of(node) == 0) {
            countFrom(node.nowNs()); // the node is offline, which OutboundLoss reports
            return false;
        }
        if (blockRelay.of(node) == 0) {
            return false;
        }
        boolean first = !hadBlockRelay;
        hadBlockRelay = true;
        blockRelayAtNs = node.nowNs();
        return first;
    }

    private static PerMembership<Integer> of(ConnectionType type) {
        return new PerMembership<>(node -> (int) node.peers().open().stream().filter(peer -> peer.type() == type).count());
    }

    private List<Absence> missing(NodeContext node) {
        List<Absence> missing = new ArrayList<>();
        if (hadBlockRelay && leavesRoomBeyond(FULL_RELAY, node)) {
            missing.add(new Absence("block-relay-only peer", sinceNs(blockRelayAtNs, node), settings.warn().toNanos()));
        }
        if (feelers >= ENOUGH_FEELERS && leavesRoomBeyond(FULL_RELAY + BLOCK_RELAY, node)) {
            missing.add(new Absence("feeler", sinceNs(feelerAtNs, node), feelerLimitNs()));
        }
        missing.removeIf(each -> node.nowNs() - each.sinceNs() < each.limitNs());
        return missing;
    }

    /** Whether the node's options allow more automatic connections than that; true if they are not known. */
    private static boolean leavesRoomBeyond(int slots, NodeContext node) {
        return node.runs().options().map(options -> !options.getNoAutomaticOutbound()
                && (!options.hasMaxConnections() || options.getMaxConnections() > slots)).orElse(true);
    }

    /** Successful feelers are a Poisson process: see NoBlock for the formula. */
    private long feelerLimitNs() {
        double chanceNs = meanIntervalNs * Math.log(settings.budgetPeriod().toNanos() / Math.max(1, meanIntervalNs));
        return Math.max(settings.warn().toNanos(), (long) chanceNs);
    }

    private static long sinceNs(long lastNs, NodeContext node) {
        return Math.max(lastNs, node.continuity().connectionsKnownSinceNs());
    }

    private void countFrom(long nowNs) {
        blockRelayAtNs = nowNs;
        feelerAtNs = nowNs;
    }

    private void forget() {
        hadBlockRelay = false;
        feelers = 0;
        meanIntervalNs = 0;
    }

    private Finding finding(List<Absence> missing, NodeContext node) {
        List<String> parts = missing.stream().map(each -> "no " + each.name() + " for " + Words.span(node.nowNs() - each.sinceNs())).toList();
        String has = String.join(" and ", parts);
        List<String> peers = node.peers().open().stream().filter(Peer::holdsOutboundSlot).map(Peer::toString).toList();
        List<String> limits = missing.stream().map(each -> Words.span(each.limitNs())).distinct().toList();
        String description = String.format("%s had %s (warns from %s). It has %s of 8. Bitcoin Core fills those first, then two block-relay-only"
                        + " slots, and opens feelers only when all are taken. Feelers test new addresses, and block-relay-only peers are"
                        + " hard to find for an attacker: without them an eclipse is easier. Check whether debug.log has failed"
                        + " connections, whether the address manager has usable addresses (getaddrmaninfo), and the uplink, proxy and"
                        + " firewall.",
                node.node(), has, String.join(" and ", limits), Words.count(fullRelay.of(node), "full-relay peer"));
        List<Measurement> measurements = new ArrayList<>(missing.stream().map(each -> Measurement.against(
                each.name().replace(' ', '-') + "-missing", Words.seconds(node.nowNs() - each.sinceNs()), Words.seconds(each.limitNs()),
                "seconds")).toList());
        measurements.add(Measurement.of("full-relay-peers", fullRelay.of(node), "peers"));
        return new Finding(node.node() + " had " + has, description, new Evidence(measurements, Map.of("peers", peers), true));
    }

    @Override
    protected Finding over(NodeContext node) {
        return Finding.of(node.node() + (node.continuity().stopped() ? " was stopped"
                : " opens block-relay-only connections and feelers again"));
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.flag(hadBlockRelay).number(blockRelayAtNs).number(feelers).number(feelerAtNs).real(meanIntervalNs);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        hadBlockRelay = in.flag();
        blockRelayAtNs = in.number();
        feelers = in.integer();
        feelerAtNs = in.number();
        meanIntervalNs = in.real();
    }
}
