package org.bitcoinwatchdog.detectors.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.alerting.AlertState;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetAlerts;
import org.bitcoinwatchdog.detectors.fleet.FleetDetector.FleetContext;
import org.bitcoinwatchdog.detectors.fleet.FleetNode;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;

/**
 * An attacker holds a node's connections and keeps blocks from it. A rule about its peers and a rule about missing
 * blocks fired on the same node within an hour, and one of them still fires. Each alone has harmless causes; together
 * they are the signs of an eclipse.
 *
 * <p>It is a fleet rule because only the fleet knows the lag behind other nodes. The alerts of the node's own rules
 * come with its digest. It works for a single node too, with AnnouncedNotConnected and SlowChain.
 */
public final class Eclipse implements FleetDetector {
    /** Keeps the digests of a node in trouble from changing the state each second. */
    private static final long STEP_NS = Duration.ofSeconds(10).toNanos();

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

    private static final class Suspicion {
        private final Map<String, Long> firedAtNs = new TreeMap<>();
        private final AlertState alert;

        private Suspicion(Rule rule, Settings settings) {
            alert = new AlertState(rule, settings.clearAfter());
        }
    }

    private final Rule rule;
    private final Settings settings;
    private final Set<String> peers;
    private final Set<String> blocks;
    private final List<String> all;
    /** The nodes about which any of the rules fired within the time. */
    private final Map<String, Suspicion> suspicions = new TreeMap<>();

    /**
     * @param peers  names of the alerts about who the node's peers are
     * @param blocks names of the alerts about missing blocks
     */
    public Eclipse(Rule rule, Settings settings, Set<String> peers, Set<String> blocks) {
        this.rule = rule;
        this.settings = settings;
        this.peers = peers;
        this.blocks = blocks;
        all = Stream.concat(peers.stream(), blocks.stream()).sorted().toList();
    }

    @Override
    public boolean on(FleetNode node, FleetContext fleet, FleetAlerts alerts) {
        List<String> firing = firing(node);
        Suspicion suspicion = suspicions.get(node.name());
        if (suspicion == null && firing.isEmpty()) {
            return false;
        }
        boolean changed = suspicion == null;
        if (suspicion == null) {
            suspicion = new Suspicion(rule, settings);
            suspicions.put(node.name(), suspicion);
        }
        Suspicion now = suspicion;
        changed |= remember(firing, now, node);
        boolean both = has(now, peers) && has(now, blocks) && !firing.isEmpty();
        changed |= node.stopped()
                ? now.alert.end(node.atNs(), () -> over(node), alerts.node(node.name()))
                : now.alert.judge(both ? Optional.of(Severity.PAGE) : Optional.empty(), node.atNs(),
                        () -> both ? finding(node, now, firing) : over(node), alerts.node(node.name()));
        if (!now.alert.firing() && (now.firedAtNs.isEmpty() || node.stopped())) {
            suspicions.remove(node.name());
            return true;
        }
        return changed;
    }

    @Override
    public boolean leavesOut(FleetNode node, FleetAlerts alerts) {
        Suspicion suspicion = suspicions.remove(node.name());
        if (suspicion != null) {
            suspicion.alert.end(node.atNs(), () -> over(node), alerts.node(node.name()));
        }
        return suspicion != null;
    }

    @Override
    public boolean forget(String node) {
        return suspicions.remove(node) != null;
    }

    private List<String> firing(FleetNode node) {
        List<String> firing = List.of();
        for (String alertname : all) {
            if (node.firing(alertname)) {
                firing = firing.isEmpty() ? new ArrayList<>() : firing;
                firing.add(alertname);
            }
        }
        return firing;
    }

    private boolean remember(List<String> firing, Suspicion suspicion, FleetNode node) {
        boolean changed = false;
        for (String alertname : firing) {
            Long before = suspicion.firedAtNs.get(alertname);
            if (before == null || node.atNs() - before >= STEP_NS) {
                suspicion.firedAtNs.put(alertname, node.atNs());
                changed = true;
            }
        }
        return suspicion.firedAtNs.values().removeIf(at -> node.atNs() - at > settings.within().toNanos()) | changed;
    }

    private static boolean has(Suspicion suspicion, Set<String> kind) {
        return suspicion.firedAtNs.keySet().stream().anyMatch(kind::contains);
    }

    private Finding finding(FleetNode node, Suspicion suspicion, List<String> firing) {
        List<String> fired = List.copyOf(suspicion.firedAtNs.keySet());
        List<String> ofPeers = fired.stream().filter(peers::contains).toList();
        List<String> ofBlocks = fired.stream().filter(blocks::contains).toList();
        String summary = String.format(Locale.ROOT, "%s looks eclipsed: %s together with %s",
                node.name(), String.join(" and ", ofPeers), String.join(" and ", ofBlocks));
        String description = String.format(Locale.ROOT, "%s within %s; still firing: %s. It is at height %d. Each of them has its own alert that"
                        + " names peers, netgroups and blocks. Stop relying on this node now. Compare its tip with other nodes"
                        + " and block explorers (bitcoin-cli getbestblockhash), and connect it to peers that you trust (addnode).",
                summary, Words.span(settings.within().toNanos()), String.join(", ", firing), node.height());
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.of("rules-about-peers", ofPeers.size(), "rules"),
                        Measurement.of("rules-about-blocks", ofBlocks.size(), "rules"),
                        Measurement.of("height", node.height(), "blocks")),
                Map.of("rules", fired), node.blocksKnownSinceNs() <= node.atNs() - settings.within().toNanos()));
    }

    private static Finding over(FleetNode node) {
        String text = node.stopped() ? node.name() + " was stopped"
                : node.name() + " no longer has both suspicious peers and missing blocks";
        return new Finding(text, text + ".", new Evidence(
                List.of(Measurement.of("height", node.height(), "blocks")), Map.of(), true));
    }

    @Override
    public String section() {
        return rule.key();
    }

    @Override
    public void save(StateWriter out) {
        out.version(1).each(suspicions.entrySet(), (entry, to) -> {
            to.text(entry.getKey()).each(entry.getValue().firedAtNs.entrySet(),
                    (fired, each) -> each.text(fired.getKey()).number(fired.getValue()));
            entry.getValue().alert.save(to);
        });
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        in.each(from -> {
            Suspicion suspicion = new Suspicion(rule, settings);
            suspicions.put(from.text(), suspicion);
            from.each(each -> suspicion.firedAtNs.put(each.text(), each.number()));
            suspicion.alert.restore(from);
        });
    }
}
