package org.bitcoinwatchdog.detectors.liveness;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;

/**
 * Compares the clock of a node's host with the clocks of its peers: the median of the time in their version messages
 * minus the time of arrival (rules.md section 4). Only peers that the node chose itself count, as in Core's
 * TimeOffsets, since anyone may connect to it with a wrong clock. Core warns from 10 minutes. A node 2 hours behind
 * refuses new blocks. Old peers that adjust their clocks ignore a node that is 70 minutes off.
 */
public final class ClockOffset extends NodeRule {
    private static final long NS_PER_S = 1_000_000_000L;

    /**
     * @param warn    median offset from which it warns
     * @param page    from which it pages
     * @param peers   number of version messages needed
     * @param latest  number of version messages used: with fewer, a change shows sooner
     * @param within  how old they may be
     */
    public record Settings(boolean enabled, Duration warn, Duration page, int peers, int latest, Duration within) implements RuleSettings {
        public Settings {
            Check.positive("warn", warn);
            Check.ordered("warn", warn, "page", page);
            Check.atLeastOne("peers", peers);
            Check.ordered("peers", peers, "latest", latest);
            Check.positive("within", within);
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofMinutes(10), Duration.ofMinutes(70), 8, 11, Duration.ofHours(24));
        }
    }

    private record Sample(long atNs, long offsetS) {
    }

    private final Settings settings;
    private final Deque<Sample> samples = new ArrayDeque<>();

    public ClockOffset(Rule rule, Settings settings) {
        super(rule, Duration.ZERO);
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.INBOUND_MESSAGE && payload == Message.PayloadCase.VERSION;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        if (!event.hasInboundMessage() || !event.getInboundMessage().hasVersion()
                || event.getInboundMessage().getPeer().getConnectionType() == ConnectionType.CONNECTION_TYPE_INBOUND) {
            return false;
        }
        long peerS = event.getInboundMessage().getVersion().getTimeS();
        // A peer may send any time. Offsets beyond a century would overflow.
        boolean sane = peerS > 0 && peerS < 1L << 33;
        if (sane) {
            samples.addLast(new Sample(node.nowNs(), peerS - node.nowNs() / NS_PER_S));
            if (samples.size() > settings.latest()) {
                samples.removeFirst();
            }
        }
        return sane;
    }

    @Override
    protected boolean advance(NodeContext node) {
        return samples.removeIf(sample -> Math.abs(node.nowNs() - sample.atNs()) > settings.within().toNanos());
    }

    /** Peers' time minus the node's; empty if too few are known. */
    private Optional<Long> medianS() {
        if (samples.size() < settings.peers()) {
            return Optional.empty();
        }
        long[] sorted = samples.stream().mapToLong(Sample::offsetS).sorted().toArray();
        return Optional.of(sorted[sorted.length / 2]);
    }

    @Override
    protected boolean restarted(NodeContext node) {
        boolean any = !samples.isEmpty();
        samples.clear();
        return any;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        Optional<Severity> found = medianS().map(Math::abs).flatMap(offset -> offset > settings.page().toSeconds()
                ? Optional.of(Severity.PAGE)
                : offset > settings.warn().toSeconds() ? Optional.of(Severity.WARN) : Optional.empty());
        return Judgement.of(found, () -> finding(node), () -> over(node));
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return medianS().map(offset -> score(Math.abs(offset), settings.warn().toSeconds(), "seconds"));
    }

    private Finding finding(NodeContext node) {
        long offset = medianS().orElse(0L);
        String way = offset > 0 ? "behind" : "ahead of";
        String by = Words.span(Math.abs(offset) * NS_PER_S);
        return new Finding("The clock of " + node.node() + "'s host is " + by + " " + way + " its peers'", String.format(
                "The median of the last %s that %s connected to itself puts its clock %s %s theirs (warns above %s, pages above %s)."
                        + " A node whose clock is far off may refuse valid blocks or send invalid ones, and every time"
                        + " in these alerts is off by as much. Check time synchronization on the host (timedatectl, chronyc"
                        + " tracking). If that is correct, its peers report a wrong time: check them.",
                Words.count(samples.size(), "peer"), node.node(), by, way, Words.span(settings.warn().toNanos()),
                Words.span(settings.page().toNanos())), evidence());
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = "The clock of " + node.node() + "'s host agrees with its peers'" + (medianS().isEmpty() ? ", as far as is known" : "");
        return new Finding(text, text + ".", evidence());
    }

    private Evidence evidence() {
        return new Evidence(List.of(
                Measurement.against("clock-offset", Math.abs(medianS().orElse(0L)), settings.warn().toSeconds(), "seconds"),
                Measurement.of("peers", samples.size(), "peers")), Map.of(), true);
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.each(samples, (sample, to) -> to.number(sample.atNs()).number(sample.offsetS()));
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        in.each(from -> samples.addLast(new Sample(from.number(), from.number())));
    }
}
