package org.bitcoinwatchdog.detectors.behaviour;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.NodeRule;
import org.bitcoinwatchdog.detectors.node.Scores;
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
 * Peers broke the protocol: Core called Misbehaving on them in the last hour, and discourages and disconnects them
 * (rules.md section 4: any per hour). Told by reason, numbers in it left out.
 */
public final class MisbehavingPeers extends NodeRule {
    /** Core has about 20 reasons; a peer chooses none of the words. */
    private static final int MOST_REASONS = 32;
    private static final int LONGEST_REASON = 80;

    /** @param peers in {@code window} from which it warns */
    public record Settings(boolean enabled, int peers, Duration window) implements RuleSettings {
        public Settings {
            Check.atLeastOne("peers", peers);
            Check.positive("window", window);
        }

        public static Settings defaults() {
            return new Settings(true, 1, Duration.ofHours(1));
        }
    }

    private final Settings settings;
    private final Map<String, SlidingSum> reasons = new TreeMap<>();

    public MisbehavingPeers(Rule rule, Settings settings) {
        super(rule, Duration.ZERO);
        this.settings = settings;
    }

    @Override
    protected boolean takes(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.MISBEHAVING_CONNECTION;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        if (!event.hasMisbehavingConnection()) {
            return false;
        }
        String reason = reason(event.getMisbehavingConnection().getReason());
        String counted = reasons.containsKey(reason) || reasons.size() < MOST_REASONS ? reason : "other";
        reasons.computeIfAbsent(counted, each -> new SlidingSum(settings.window())).add(node.nowNs(), 1);
        return true;
    }

    private static String reason(String told) {
        String plain = told.replaceAll("[0-9]+", "#");
        return plain.isEmpty() ? "no reason told" : plain.substring(0, Math.min(plain.length(), LONGEST_REASON));
    }

    @Override
    protected boolean advance(NodeContext node) {
        return !reasons.isEmpty() && reasons.values().removeIf(sum -> sum.sum(node.nowNs()) == 0);
    }

    private long peers(NodeContext node) {
        long sum = 0;
        for (SlidingSum each : reasons.values()) {
            sum += each.sum(node.nowNs());
        }
        return sum;
    }

    @Override
    protected boolean restarted(NodeContext node) {
        boolean any = !reasons.isEmpty();
        reasons.clear();
        return any;
    }

    @Override
    protected Optional<Severity> judge(NodeContext node) {
        return peers(node) >= settings.peers() ? Optional.of(Severity.WARN) : Optional.empty();
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return Optional.of(Scores.of(section(), peers(node), settings.peers(), "peers"));
    }

    @Override
    protected Finding finding(NodeContext node) {
        List<String> byReason = reasons.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue().sum(node.nowNs())).toList();
        return new Finding(String.format(Locale.ROOT, "%s misbehaved towards %s", Words.count(peers(node), "peer"), node.node()), String.format(
                Locale.ROOT, "In %s, Core found %s of %s to break the protocol (warns from %d): %s. Core disconnects and"
                        + " discourages them by itself. One is a broken client; many, or invalid headers and blocks, are an attempt"
                        + " at something. Check debug.log for \"Misbehaving\" and whether the same addresses come back.",
                Words.span(settings.window().toNanos()), Words.count(peers(node), "peer"), node.node(), settings.peers(),
                Words.list(byReason, 6)), evidence(node, byReason));
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = "No peer misbehaved towards " + node.node() + " in " + Words.span(settings.window().toNanos());
        return new Finding(text, text + ".", evidence(node, List.of()));
    }

    private Evidence evidence(NodeContext node, List<String> byReason) {
        return new Evidence(List.of(Measurement.against("misbehaving", peers(node), settings.peers(), "peers")),
                Map.of("reasons", byReason), node.continuity().connectionsKnownSinceNs() <= node.nowNs() - settings.window().toNanos());
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.each(reasons.entrySet(), (entry, to) -> {
            to.text(entry.getKey());
            entry.getValue().save(to);
        });
    }

    @Override
    protected void restoreFacts(StateReader in) {
        in.each(from -> {
            SlidingSum sum = new SlidingSum(settings.window());
            reasons.put(from.text(), sum);
            sum.restore(from);
        });
    }
}
