package org.bitcoinwatchdog.detectors.behaviour;

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
import org.bitcoinwatchdog.detectors.node.PerPeer;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.window.History;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;

/**
 * The round trip of pings grew for all peers at once: the median over the peers is {@code factor} times the node's
 * usual median and above a floor (rules.md section 4, estimated). If one peer is slow, the cause is that peer. If all
 * are slow, the cause is the node's line, its processor, or something between the node and its peers. Core pings each
 * peer every 2 minutes.
 */
public final class RoundTrip extends NodeRule {
    private static final long NS_PER_MS = 1_000_000;
    private static final long MS_PER_S = 1_000;

    /**
     * @param factor     factor over the usual median
     * @param floor      a median below this is never unusual
     * @param peers      number of peers with an answer in {@code window} that are needed
     * @param window     how old an answer may be
     * @param history    number of medians, one for each {@code window}, that define the usual
     * @param minHistory number of them needed before the rule judges
     */
    public record Settings(boolean enabled, double factor, Duration floor, int peers, Duration window, int history,
            int minHistory, Duration clearAfter) implements RuleSettings {
        public Settings {
            Check.positive("floor", floor);
            Check.atLeastOne("peers", peers);
            Check.positive("window", window);
            Check.atLeastOne("min-history", minHistory);
            Check.ordered("min-history", minHistory, "history", history);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, 5, Duration.ofSeconds(2), 5, Duration.ofMinutes(5), 288, 12, Duration.ofMinutes(5));
        }
    }

    /** The round trip of one peer; 0 if there is none. */
    private static final class Ping {
        private long nonce;
        private long sentNs;
        private long answeredNs;
        private long tookMs;
    }

    private final Settings settings;
    private final PerPeer<Ping> pings = new PerPeer<>(Ping::new);
    private final History past;
    private long windowBeganNs;
    private long medianMs = -1;
    private int answered;

    public RoundTrip(Rule rule, Settings settings) {
        super(rule, settings.clearAfter());
        this.settings = settings;
        past = new History(settings.history());
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return payload == Message.PayloadCase.NONCE || body == NodeEvent.BodyCase.CLOSED_CONNECTION;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        return switch (event.getBodyCase()) {
            case CLOSED_CONNECTION -> pings.byId().remove(event.getClosedConnection().getPeer().getId()) != null;
            case OUTBOUND_MESSAGE -> sent(event.getOutboundMessage(), event.getObservedAtNs());
            case INBOUND_MESSAGE -> received(event.getInboundMessage(), event.getObservedAtNs());
            default -> false;
        };
    }

    private boolean sent(Message message, long atNs) {
        if (!message.getType().equals("ping")) {
            return false;
        }
        Ping ping = pings.of(message.getPeer().getId());
        ping.nonce = message.getNonce().getNonce();
        ping.sentNs = atNs;
        return true;
    }

    private boolean received(Message message, long atNs) {
        Ping ping = message.getType().equals("pong") ? pings.byId().get(message.getPeer().getId()) : null;
        if (ping == null || ping.sentNs == 0 || ping.nonce != message.getNonce().getNonce()) {
            return false;
        }
        ping.tookMs = Math.max(0, atNs - ping.sentNs) / NS_PER_MS;
        ping.answeredNs = atNs;
        ping.sentNs = 0;
        return true;
    }

    @Override
    protected boolean restarted(NodeContext node) {
        boolean judged = medianMs >= 0;
        medianMs = -1;
        return pings.clear() || judged;
    }

    /** The median is computed at most every ten seconds, which keeps a thousand nodes cheap. */
    @Override
    protected boolean advance(NodeContext node) {
        long now = node.nowNs();
        long windowNs = settings.window().toNanos();
        boolean due = now / NS_PER_MS / MS_PER_S % 10 == 0;
        if (due) {
            long[] took = pings.values().stream().filter(ping -> ping.answeredNs != 0 && now - ping.answeredNs <= windowNs)
                    .mapToLong(ping -> ping.tookMs).sorted().toArray();
            answered = took.length;
            medianMs = took.length < settings.peers() ? -1 : took[took.length / 2];
        }
        boolean over = now - windowBeganNs >= windowNs || now < windowBeganNs;
        if (over) {
            pings.forgetThoseGone(node.peers());
            if (medianMs >= 0) {
                past.add(medianMs);
            }
            windowBeganNs = now;
        }
        return over || due;
    }

    private double thresholdMs() {
        return Math.max(settings.floor().toMillis(), settings.factor() * past.median());
    }

    private boolean judgeable() {
        return medianMs >= 0 && past.size() >= settings.minHistory();
    }

    @Override
    protected Judgement judge(NodeContext node) {
        return Judgement.of(judgeable() && medianMs > thresholdMs(), Severity.WARN, () -> finding(node), () -> over(node));
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return judgeable()
                ? Optional.of(score(medianMs / 1e3, thresholdMs() / 1e3, "seconds")) : Optional.empty();
    }

    private Finding finding(NodeContext node) {
        return new Finding(String.format(Locale.ROOT, "Pings of %s take %.1f s", node.node(), medianMs / 1e3), String.format(
                Locale.ROOT, "The median round trip of the last ping to each of %s is %.2f s; for %s, %.2f s is usual. The rule warns"
                        + " above %.2f s, which is %.0f times the usual and at least %s. All peers at once are slow when the node's line is full, its host overloaded,"
                        + " or its traffic takes another route. Check bandwidth and load of the host, and run traceroute to a few peers.",
                Words.count(answered, "peer"), medianMs / 1e3, node.node(), past.median() / 1e3, thresholdMs() / 1e3, settings.factor(),
                Words.span(settings.floor().toNanos())), evidence(node));
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = "Pings of " + node.node() + " take as long as usual again";
        return new Finding(text, text + ".", evidence(node));
    }

    private Evidence evidence(NodeContext node) {
        return new Evidence(List.of(Measurement.against("round-trip", Math.max(0, medianMs) / 1e3, thresholdMs() / 1e3, "seconds"),
                Measurement.of("usual", past.median() / 1e3, "seconds"), Measurement.of("peers", answered, "peers")), Map.of(),
                node.continuity().messagesKnownSinceNs() <= node.nowNs() - settings.window().toNanos());
    }

    @Override
    protected void saveFacts(StateWriter out) {
        pings.save(out, (ping, to) -> to.number(ping.nonce).number(ping.sentNs).number(ping.answeredNs).number(ping.tookMs));
        past.save(out);
        out.number(windowBeganNs).number(medianMs).number(answered);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        pings.restore(in, from -> {
            Ping ping = new Ping();
            ping.nonce = from.number();
            ping.sentNs = from.number();
            ping.answeredNs = from.number();
            ping.tookMs = from.number();
            return ping;
        });
        past.restore(in);
        windowBeganNs = in.number();
        medianMs = in.number();
        answered = in.integer();
    }
}
