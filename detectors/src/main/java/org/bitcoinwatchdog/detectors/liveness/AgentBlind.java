package org.bitcoinwatchdog.detectors.liveness;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;
import org.bitcoinwatchdog.events.TracepointStatus;

/**
 * The agent sees only part of what its node does (rules.md section 4): more than a share of a minute's calls was lost,
 * or an expected tracepoint is not attached. Lost calls are those that the kernel dropped or that could not be decoded,
 * by the heartbeats' counters, and the gaps in the sequence. Events that the agent itself dropped are gaps too, so the
 * larger of its counter and the gaps counts.
 */
public final class AgentBlind extends NodeRule {
    /**
     * @param lossShare  share of lost calls in {@code window} from which the rule warns
     * @param expected   tracepoints that should be attached; leave out those that the build lacks
     * @param detachedFor how long one of them must be missing
     */
    public record Settings(boolean enabled, double lossShare, Duration window, Set<String> expected, Duration detachedFor,
            Duration clearAfter) implements RuleSettings {
        public Settings {
            Check.share("loss-share", lossShare);
            Check.positive("window", window);
            Check.notNegative("detached-for", detachedFor);
            Check.notNegative("clear-after", clearAfter);
            expected = java.util.Collections.unmodifiableSet(new TreeSet<>(expected));
        }

        public static Settings defaults() {
            return new Settings(true, 0.001, Duration.ofMinutes(1), Set.of("net:inbound_message", "net:outbound_message",
                    "net:inbound_connection", "net:outbound_connection", "net:evicted_inbound_connection",
                    "net:closed_connection", "net:misbehaving_connection", "validation:block_connected", "mempool:added",
                    "mempool:removed", "mempool:replaced", "mempool:rejected", "utxocache:flush"),
                    Duration.ofSeconds(60), Duration.ofMinutes(5));
        }
    }

    private final Settings settings;
    private SlidingSum fired;
    private SlidingSum lost;
    /** Counters of the last heartbeat, and its epoch. */
    private long epoch;
    private long firedBefore;
    private long lostBefore;
    private long droppedByAgentBefore;
    private long missingBefore;
    /** The reason why each is not attached. */
    private final Map<String, String> detached = new TreeMap<>();
    private long detachedSinceNs;

    public AgentBlind(Rule rule, Settings settings) {
        super(rule, settings.clearAfter());
        this.settings = settings;
        fired = new SlidingSum(settings.window());
        lost = new SlidingSum(settings.window());
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.HEARTBEAT;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        if (!event.hasHeartbeat()) {
            return false;
        }
        boolean first = epoch == 0 || node.continuity().resumed(); // earlier counts are not part of this minute
        if (node.continuity().epoch() != epoch) {
            epoch = node.continuity().epoch();
            firedBefore = 0;
            lostBefore = 0;
            droppedByAgentBefore = 0;
            missingBefore = 0;
        }
        take(event.getHeartbeat(), node, first);
        return true;
    }

    private void take(Heartbeat heartbeat, NodeContext node, boolean first) {
        long nowNs = node.nowNs();
        long missing = node.continuity().missing();
        long nowFired = 0;
        long nowLost = 0;
        for (TracepointStatus status : heartbeat.getTracepointsList()) {
            nowFired += status.getFired();
            nowLost += status.getDropped() + status.getUndecodable();
        }
        if (!first) {
            long droppedByAgent = heartbeat.getLost() - droppedByAgentBefore;
            fired.add(nowNs, Math.max(0, nowFired - firedBefore));
            lost.add(nowNs, Math.max(0, nowLost - lostBefore) + Math.max(0, Math.max(droppedByAgent, missing - missingBefore)));
        }
        firedBefore = nowFired;
        lostBefore = nowLost;
        droppedByAgentBefore = heartbeat.getLost();
        missingBefore = missing;
        detached(heartbeat, nowNs);
    }

    private void detached(Heartbeat heartbeat, long nowNs) {
        boolean before = !detached.isEmpty();
        detached.clear();
        for (TracepointStatus status : heartbeat.getTracepointsList()) {
            if (!status.getAttached() && settings.expected().contains(status.getTracepoint())) {
                detached.put(status.getTracepoint(), status.getReason());
            }
        }
        detachedSinceNs = before ? detachedSinceNs : nowNs;
    }

    private double share(NodeContext node) {
        long lostNow = lost.sum(node.nowNs());
        return lostNow == 0 ? 0 : (double) lostNow / Math.max(lostNow, fired.sum(node.nowNs()));
    }

    private boolean isDetached(NodeContext node) {
        return !detached.isEmpty() && node.nowNs() - detachedSinceNs >= settings.detachedFor().toNanos();
    }

    @Override
    protected boolean restarted(NodeContext node) {
        fired = new SlidingSum(settings.window());
        lost = new SlidingSum(settings.window());
        return true;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        return Judgement.of(share(node) > settings.lossShare() || isDetached(node), Severity.WARN, () -> finding(node), () -> over(node));
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return Optional.of(score(share(node), settings.lossShare(), "ratio"));
    }

    private Finding finding(NodeContext node) {
        long now = node.nowNs();
        List<String> reasons = isDetached(node)
                ? detached.entrySet().stream().map(each -> each.getKey() + " (" + each.getValue() + ")").toList() : List.of();
        String lossText = String.format(Locale.ROOT, "in %s, %,d of %,d traced calls were lost: %.2f %% (warns above %.2f %%)",
                Words.span(settings.window().toNanos()), lost.sum(now), Math.max(lost.sum(now), fired.sum(now)), 100 * share(node), 100 * settings.lossShare());
        String summary = reasons.isEmpty()
                ? "The agent of " + node.node() + " loses events"
                : "The agent of " + node.node() + " can't see " + Words.list(List.copyOf(detached.keySet()), 3);
        String description = String.format(Locale.ROOT, "At %s, %s.%s Other rules may miss what was lost. Check the agent's"
                        + " journal and its host's load (loss), and watchdog doctor (tracepoints).",
                node.node(), lossText, reasons.isEmpty() ? "" : " Not attached: " + Words.list(reasons, 5) + ".");
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("lost-share", share(node), settings.lossShare(), "ratio"),
                        Measurement.of("lost", lost.sum(now), "events"),
                        Measurement.against("not-attached", reasons.size(), 1, "tracepoints")),
                Map.of("tracepoints", reasons), true));
    }

    @Override
    protected Finding over(NodeContext node) {
        return new Finding("The agent of " + node.node() + " loses nothing now", String.format(
                "In %s, %s lost, and every tracepoint that should be is attached.", Words.span(settings.window().toNanos()),
                Words.count(lost.sum(node.nowNs()), "event was", "events were")),
                new Evidence(List.of(Measurement.against("lost-share", share(node), settings.lossShare(), "ratio")), Map.of(), true));
    }

    @Override
    protected void saveFacts(StateWriter out) {
        fired.save(out);
        lost.save(out);
        out.number(epoch).number(firedBefore).number(lostBefore).number(droppedByAgentBefore).number(missingBefore);
        out.each(detached.entrySet(), (entry, to) -> to.text(entry.getKey()).text(entry.getValue())).number(detachedSinceNs);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        fired.restore(in);
        lost.restore(in);
        epoch = in.number();
        firedBefore = in.number();
        lostBefore = in.number();
        droppedByAgentBefore = in.number();
        missingBefore = in.number();
        in.each(from -> detached.put(from.text(), from.text()));
        detachedSinceNs = in.number();
    }
}
