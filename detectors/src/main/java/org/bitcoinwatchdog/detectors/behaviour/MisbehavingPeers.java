package org.bitcoinwatchdog.detectors.behaviour;

import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
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
import org.bitcoinwatchdog.detectors.window.SlidingSum;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;

/**
 * Peers broke the protocol: Core called Misbehaving on them in the last hour, and discourages and disconnects them
 * (rules.md section 4). One peer is a broken client, so it is only information. Each peer counts once, with its last reason.
 */
public final class MisbehavingPeers extends NodeRule {
    private static final int LONGEST_REASON = 80;
    private static final int NAMED = 20;
    /** Core has room for far fewer at once. The first ones are forgotten first. */
    private static final int MOST_PEERS = 1_024;
    /** Marks the present form. Earlier states begin with the number of reasons instead. */
    private static final int BY_PEER = -1;

    /** @param peers number of peers in {@code window} from which the rule warns; it informs from one on */
    public record Settings(boolean enabled, int peers, Duration window) implements RuleSettings {
        public Settings {
            Check.atLeastOne("peers", peers);
            Check.positive("window", window);
        }

        /** Estimated: no figures of real nodes have been published. */
        public static Settings defaults() {
            return new Settings(true, 3, Duration.ofHours(1));
        }
    }

    /** @param reason numbers left out, so that peers with one reason are counted together */
    private record Offence(long atNs, String reason) {
    }

    private final Settings settings;
    /** By the peer's id. */
    private final Map<Long, Offence> offences = new LinkedHashMap<>();

    public MisbehavingPeers(Rule rule, Settings settings) {
        super(rule, Duration.ZERO);
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.MISBEHAVING_CONNECTION;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        if (!event.hasMisbehavingConnection()) {
            return false;
        }
        long peer = event.getMisbehavingConnection().getPeerId();
        offences.remove(peer);
        offences.put(peer, new Offence(node.nowNs(), reason(event.getMisbehavingConnection().getReason())));
        if (offences.size() > MOST_PEERS) {
            Iterator<Long> oldest = offences.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        return true;
    }

    private static String reason(String told) {
        String plain = told.replaceAll("[0-9]+", "#");
        return plain.isEmpty() ? "no reason given" : plain.substring(0, Math.min(plain.length(), LONGEST_REASON));
    }

    @Override
    protected boolean advance(NodeContext node) {
        return offences.values().removeIf(offence -> node.nowNs() - offence.atNs() > settings.window().toNanos());
    }

    @Override
    protected boolean restarted(NodeContext node) {
        boolean any = !offences.isEmpty();
        offences.clear();
        return any;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        Severity severity = offences.size() >= settings.peers() ? Severity.WARN : Severity.INFO;
        return Judgement.of(!offences.isEmpty(), severity, () -> finding(node), () -> over(node));
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return Optional.of(score(offences.size(), settings.peers(), "peers"));
    }

    private Finding finding(NodeContext node) {
        Map<String, Integer> peersByReason = new TreeMap<>();
        offences.values().forEach(offence -> peersByReason.merge(offence.reason(), 1, Integer::sum));
        List<String> reasons = peersByReason.entrySet().stream().sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .map(entry -> entry.getKey() + ": " + entry.getValue()).toList();
        String summary = Words.count(offences.size(), "peer") + " misbehaved towards " + node.node();
        return new Finding(summary, String.format(Locale.ROOT,
                "In %s, %s of %s broke the protocol, by reason: %s. The rule informs of one peer and warns from %s. Core disconnects and"
                        + " discourages them by itself. One peer is a broken client. Many peers, or invalid headers and blocks, may be an"
                        + " attack. Look for \"Misbehaving\" in debug.log, and check whether the same addresses come back.",
                Words.span(settings.window().toNanos()), Words.count(offences.size(), "peer"), node.node(), Words.list(reasons, 6),
                Words.count(settings.peers(), "peer")), evidence(node, reasons));
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = "No peer broke the protocol with " + node.node() + " in " + Words.span(settings.window().toNanos());
        return new Finding(text, text + ".", evidence(node, List.of()));
    }

    private Evidence evidence(NodeContext node, List<String> reasons) {
        List<String> ids = offences.keySet().stream().map(id -> "peer " + id).limit(NAMED).toList();
        return new Evidence(List.of(Measurement.against("misbehaving", offences.size(), settings.peers(), "peers")),
                Map.of("reasons", reasons.stream().limit(NAMED).toList(), "peers", ids),
                node.continuity().connectionsKnownSinceNs() <= node.nowNs() - settings.window().toNanos());
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.number(BY_PEER).each(offences.entrySet(), (entry, to) ->
                to.number(entry.getKey()).number(entry.getValue().atNs()).text(entry.getValue().reason()));
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        int reasons = in.integer();
        if (reasons == BY_PEER) {
            in.each(from -> offences.put(from.number(), new Offence(from.number(), from.text())));
            return;
        }
        for (int i = 0; i < reasons; i++) { // saved by a version that did not keep the peers
            in.text();
            new SlidingSum(settings.window()).restore(in);
        }
    }
}
