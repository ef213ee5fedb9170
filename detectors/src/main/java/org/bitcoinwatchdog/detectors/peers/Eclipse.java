package org.bitcoinwatchdog.detectors.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetContext;
import org.bitcoinwatchdog.detectors.fleet.FleetNode;
import org.bitcoinwatchdog.detectors.fleet.PerNodeRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.OutboundSides;
import org.bitcoinwatchdog.events.Severity;

/**
 * An attacker holds a node's connections and keeps blocks from it. A rule about its peers and a rule about missing
 * blocks fired on the same node within an hour, and one of them still fires. Each alone has harmless causes; together
 * they are the signs of an eclipse.
 *
 * <p>It is a fleet rule because only the fleet knows the lag behind other nodes. The alerts of the node's own rules
 * come with its digest. It works for a single node too, with AnnouncedNotConnected and SlowChain.
 */
public final class Eclipse extends PerNodeRule<Eclipse.Suspicion> {
    /** Keeps the digests of a node in trouble from changing the state each second. */
    private static final long STEP_NS = Duration.ofSeconds(10).toNanos();

    private static final String STRAYED = "OutboundLoss";
    /** OutboundLoss counts full-relay peers only. */
    private static final int FEW = 6;

    /** @param within time within which both kinds of rules must have fired */
    public record Settings(boolean enabled, Duration within, Duration clearAfter) implements RuleSettings {
        public Settings {
            Check.positive("within", within);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofHours(1), Duration.ofMinutes(1));
        }
    }

    /** When each of the rules fired last, within the time. */
    static final class Suspicion extends Facts {
        private final Map<String, Long> firedAtNs = new TreeMap<>();
        private boolean stopped;

        @Override
        protected boolean needed() {
            return !firedAtNs.isEmpty() && !stopped;
        }

        @Override
        protected void save(StateWriter out) {
            out.each(firedAtNs.entrySet(), (fired, to) -> to.text(fired.getKey()).number(fired.getValue()));
        }

        @Override
        protected void restore(StateReader in) {
            in.each(from -> firedAtNs.put(from.text(), from.number()));
        }

        private void remember(List<String> firing, long nowNs, Duration within) {
            for (String alertname : firing) {
                Long before = firedAtNs.get(alertname);
                if (before == null || nowNs - before >= STEP_NS) {
                    firedAtNs.put(alertname, nowNs);
                    change();
                }
            }
            if (firedAtNs.values().removeIf(at -> nowNs - at > within.toNanos())) {
                change();
            }
        }

        private boolean has(Set<String> kind) {
            return firedAtNs.keySet().stream().anyMatch(kind::contains);
        }
    }

    private final Settings settings;
    private final Set<String> peers;
    private final Set<String> blocks;
    private final List<String> all;

    /**
     * @param peers  names of the alerts about who the node's peers are
     * @param blocks names of the alerts about missing blocks
     */
    public Eclipse(Rule rule, Settings settings, Set<String> peers, Set<String> blocks) {
        super(rule, settings.clearAfter());
        this.settings = settings;
        this.peers = Stream.concat(peers.stream(), Stream.of(STRAYED)).collect(Collectors.toUnmodifiableSet());
        this.blocks = blocks;
        all = Stream.concat(peers.stream(), blocks.stream()).sorted().toList();
    }

    @Override
    protected Suspicion noFacts() {
        return new Suspicion();
    }

    @Override
    protected boolean asks(FleetNode node, FleetContext fleet) {
        return !firing(node).isEmpty();
    }

    @Override
    protected Judgement judge(FleetNode node, Suspicion suspicion, Optional<Severity> severity, FleetContext fleet) {
        List<String> firing = firing(node);
        suspicion.remember(firing, node.atNs(), settings.within());
        suspicion.stopped = node.stopped();
        boolean both = suspicion.has(peers) && suspicion.has(blocks) && !firing.isEmpty();
        return node.stopped() ? Judgement.over(() -> over(node))
                : Judgement.of(both, Severity.PAGE, () -> finding(node, suspicion, firing, fleet), () -> over(node));
    }

    private List<String> firing(FleetNode node) {
        List<String> firing = List.of();
        for (String alertname : all) {
            if (node.firing(alertname)) {
                firing = firing.isEmpty() ? new ArrayList<>() : firing;
                firing.add(alertname);
            }
        }
        if (strayed(node)) {
            firing = firing.isEmpty() ? new ArrayList<>() : firing;
            firing.add(STRAYED);
        }
        return firing;
    }

    /** Lost peers alone are no sign, but a node that has few on its chain depends on them. */
    private static boolean strayed(FleetNode node) {
        OutboundSides sides = node.digest().getOutboundSides();
        return sides.getOffChain() > 0 && sides.getOnChain() + sides.getUnknown() < FEW && node.firing(STRAYED);
    }

    private static String sides(FleetNode node) {
        OutboundSides sides = node.digest().getOutboundSides();
        return sides.getOffChain() == 0 ? "" : String.format(Locale.ROOT, " %d of its outbound peers are on its chain, %d on another, and %d"
                + " have announced no block.", sides.getOnChain(), sides.getOffChain(), sides.getUnknown());
    }

    private Finding finding(FleetNode node, Suspicion suspicion, List<String> firing, FleetContext fleet) {
        List<String> fired = List.copyOf(suspicion.firedAtNs.keySet());
        List<String> ofPeers = fired.stream().filter(peers::contains).toList();
        List<String> ofBlocks = fired.stream().filter(blocks::contains).toList();
        String summary = String.format(Locale.ROOT, "%s looks eclipsed: %s together with %s",
                node.name(), String.join(" and ", ofPeers), String.join(" and ", ofBlocks));
        String description = String.format(Locale.ROOT, "%s within %s; still firing: %s. It is at height %d.%s%s Each of them has its own alert that"
                        + " names peers, netgroups and blocks. Stop relying on this node now. Compare its tip with other nodes"
                        + " and block explorers (bitcoin-cli getbestblockhash), and connect it to peers that you trust (addnode).",
                summary, Words.span(settings.within().toNanos()), String.join(", ", firing), node.height(), sides(node),
                witnesses(ofBlocks, fleet));
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.of("rules-about-peers", ofPeers.size(), "rules"),
                        Measurement.of("rules-about-blocks", ofBlocks.size(), "rules"),
                        Measurement.of("height", node.height(), "blocks")),
                Map.of("rules", fired), node.blocksKnownSinceNs() <= node.atNs() - settings.within().toNanos()));
    }

    /** Of the rules about blocks, only FleetLag compares with witnesses. */
    private static String witnesses(List<String> ofBlocks, FleetContext fleet) {
        List<String> names = ofBlocks.contains("FleetLag")
                ? fleet.nodes().all().filter(FleetNode::witness).map(FleetNode::name).sorted().toList() : List.of();
        return names.isEmpty() ? "" : " FleetLag compares it with the " + (names.size() == 1 ? "witness " : "witnesses ")
                + String.join(", ", names) + ".";
    }

    @Override
    protected Finding over(FleetNode node) {
        String text = node.stopped() ? node.name() + " was stopped"
                : node.name() + " no longer has both suspicious peers and missing blocks";
        return new Finding(text, text + ".", new Evidence(
                List.of(Measurement.of("height", node.height(), "blocks")), Map.of(), true));
    }
}
