package org.bitcoinwatchdog.detectors.peers;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
import org.bitcoinwatchdog.detectors.window.SlidingSum;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;

/**
 * Inbound slots are taken over by many groups at once. Such peers are less concentrated than honest ones (rules.md
 * section 3), so the indices don't show them. But they must push others out. bitcoind evicts only when its slots are
 * full (AttemptToEvictConnection, net.cpp). So many evictions together with young peers mean that an attacker keeps
 * connecting.
 */
public final class InboundTakeover extends NodeRule {
    /**
     * @param evictionsPerMinute mean over the window above which the rule may warn
     * @param medianAge          age of the middle inbound peer that must also not be reached
     * @param minPeers           inbound peers below which nothing is judged
     */
    public record Settings(
            boolean enabled, int evictionsPerMinute, Duration window, Duration medianAge, int minPeers, Duration clearAfter) implements RuleSettings {
        public Settings {
            Check.atLeastOne("evictions-per-minute", evictionsPerMinute);
            Check.positive("window", window);
            Check.positive("median-age", medianAge);
            Check.atLeastOne("min-peers", minPeers);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, 10, Duration.ofMinutes(5), Duration.ofMinutes(10), 20, Duration.ofMinutes(5));
        }
    }

    private final Settings settings;
    private SlidingSum evictions;

    public InboundTakeover(Rule rule, Settings settings) {
        super(rule, settings.clearAfter(), Cadence.EACH_SECOND);
        this.settings = settings;
        evictions = new SlidingSum(settings.window());
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.EVICTED_INBOUND_CONNECTION;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        boolean counts = Endings.netgroup(event.getEvictedInboundConnection().getPeer()).isPresent();
        if (counts) {
            evictions.add(node.nowNs(), 1);
        }
        return counts;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        boolean many = node.continuity().seesInbound() && perMinute(node) > settings.evictionsPerMinute();
        List<Peer> inbound = many ? inbound(node) : List.of();
        boolean young = inbound.size() >= settings.minPeers() && medianAgeNs(inbound, node) < settings.medianAge().toNanos();
        return Judgement.of(many && young, Severity.WARN, () -> finding(inbound, node), () -> over(node));
    }

    private double perMinute(NodeContext node) {
        return evictions.sum(node.nowNs()) * 60e9 / settings.window().toNanos();
    }

    private static List<Peer> inbound(NodeContext node) {
        return node.peers().open().stream().filter(peer -> peer.inbound() && peer.netgroup().isPresent()).toList();
    }

    /** Peers that connected before the agent attached count as old. */
    private static long medianAgeNs(List<Peer> inbound, NodeContext node) {
        long[] ages = inbound.stream().mapToLong(peer -> node.nowNs() - peer.openedAtNs()).sorted().toArray();
        return ages.length == 0 ? Long.MAX_VALUE : ages[ages.length / 2];
    }

    @Override
    protected boolean restarted(NodeContext node) {
        evictions = new SlidingSum(settings.window());
        return true;
    }

    /** Every peer of a new process is young. */
    @Override
    protected End end() {
        return End.WITH_PROCESS;
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return Optional.of(score(Math.round(10 * perMinute(node)) / 10.0, settings.evictionsPerMinute(), "per-minute"));
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = String.format(Locale.ROOT, "The inbound slots of %s are no longer taken over", node.node());
        return new Finding(text, text + ".", Evidence.NONE);
    }

    private Finding finding(List<Peer> inbound, NodeContext node) {
        Groups groups = Groups.byNetgroup(inbound.stream());
        String summary = String.format(Locale.ROOT, "%s evicts %.1f inbound peers a minute, and half of the rest are younger than %s",
                node.node(), perMinute(node), Words.span(medianAgeNs(inbound, node)));
        String description = String.format(Locale.ROOT, "%s: its %s are being taken over from %s. It warns above %d evictions a minute over %s with"
                        + " a median age below %s. Check what the new peers have in common (bitcoin-cli getpeerinfo: subver, services,"
                        + " minping, what they relay), and watch the outbound slots: if they are taken too, this is an eclipse.",
                summary, Words.count(inbound.size(), "inbound slot"), Words.count(groups.members().size(), "netgroup"),
                settings.evictionsPerMinute(), Words.span(settings.window().toNanos()), Words.span(settings.medianAge().toNanos()));
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("evictions-per-minute", Words.rounded(perMinute(node)), settings.evictionsPerMinute(), "per-minute"),
                        Measurement.against("median-age", Words.seconds(medianAgeNs(inbound, node)), settings.medianAge().toSeconds(), "seconds"),
                        Measurement.of("inbound-peers", inbound.size(), "peers"),
                        Measurement.of("netgroups", groups.members().size(), "groups")),
                Map.of("netgroups", groups.members().stream().limit(10).map(Groups.Group::name).toList()),
                node.continuity().connectionsKnownSinceNs() <= node.nowNs() - settings.window().toNanos()));
    }

    @Override
    protected int formerVersions() {
        return 1;
    }

    @Override
    protected void saveFacts(StateWriter out) {
        evictions.save(out);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        evictions.restore(in);
    }
}
