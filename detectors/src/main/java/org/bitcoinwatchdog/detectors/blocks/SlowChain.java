package org.bitcoinwatchdog.detectors.blocks;

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
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;

/**
 * Blocks reach this node at a fraction of the usual rate. Either most of the hash rate is gone, or an attacker mines
 * for this node alone (Heilman et al., USENIX Security 2015). One-sided CUSUM (Page, 1954) of the log-likelihood ratio
 * of exponential intervals d with mean m/q against mean m: S = max(0, S + ln q + (1−q)·d/m). The present interval
 * counts as if its block came now. This crosses the threshold earlier, but not more often.
 */
public final class SlowChain extends NodeRule {
    private static final double NS_PER_S = 1e9;

    /**
     * @param rate             q, the fraction of the usual rate for which the rule is tuned
     * @param threshold        h: S from which the rule warns
     * @param expectedInterval m, until {@code minBlocks} were seen
     * @param shortestInterval lower limit of the measured m
     * @param longestInterval  upper limit of the measured m
     * @param minBlocks        number of intervals needed to measure m
     */
    public record Settings(
            boolean enabled, double rate, double threshold, Duration expectedInterval, Duration shortestInterval,
            Duration longestInterval, int minBlocks) implements RuleSettings {
        public Settings {
            if (!(rate > 0 && rate < 1)) {
                throw new IllegalArgumentException("rate must be above 0 and below 1");
            }
            if (!(threshold > 0)) {
                throw new IllegalArgumentException("threshold must be above 0");
            }
            Check.positive("shortest-interval", shortestInterval);
            Check.ordered("shortest-interval", shortestInterval, "expected-interval", expectedInterval);
            Check.ordered("expected-interval", expectedInterval, "longest-interval", longestInterval);
            Check.atLeastOne("min-blocks", minBlocks);
        }

        public static Settings defaults() {
            return new Settings(true, 0.3, 9, Duration.ofSeconds(600), Duration.ofSeconds(480), Duration.ofSeconds(900), 144);
        }

        public Settings off() {
            return new Settings(false, rate, threshold, expectedInterval, shortestInterval, longestInterval, minBlocks);
        }

        /** The intervals of testnets: see {@link MeanInterval#ofFewMiners}. */
        public Settings ofFewMiners() {
            return new Settings(enabled, rate, threshold, MeanInterval.ofFewMiners(expectedInterval),
                    MeanInterval.ofFewMiners(shortestInterval), MeanInterval.ofFewMiners(longestInterval), minBlocks);
        }
    }

    private final Settings settings;
    private final MeanInterval intervals = new MeanInterval();
    private double sum;
    private int height;
    /** 0 if the begin of the next interval is not known. */
    private long connectedAtNs;
    /** Blocks since S was last 0. */
    private long sinceNs;
    private int blocks;

    public SlowChain(Rule rule, Settings settings) {
        super(rule, Duration.ZERO, Cadence.EACH_SECOND);
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.BLOCK_CONNECTED;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        int connected = event.getBlockConnected().getHeight();
        if (connected <= height && node.chain().armed()) {
            return false; // a reorganization: its heights were counted
        }
        boolean counts = watched(node);
        if (node.chain().armed()) {
            intervals.add(connected, node.nowNs());
        }
        if (counts) {
            count(node.nowNs());
        } else if (sum == 0) {
            forget(node.nowNs());
        }
        height = connected;
        connectedAtNs = node.nowNs();
        return true;
    }

    /** Each block can make the chain slow, or usual again. */
    @Override
    protected boolean judgesNow(NodeContext node) {
        return true;
    }

    /** Whether no block was missed since the last one. */
    private boolean watched(NodeContext node) {
        return node.chain().armed() && connectedAtNs != 0 && node.continuity().blocksKnownSinceNs() <= connectedAtNs;
    }

    private void count(long nowNs) {
        sum = Math.min(withInterval(nowNs), settings.threshold() + 1); // so that an alert resolves in time
        blocks++;
        if (sum == 0) {
            forget(nowNs);
        }
    }

    private void forget(long nowNs) {
        blocks = 0;
        sinceNs = nowNs;
    }

    private double withInterval(long nowNs) {
        double d = (nowNs - connectedAtNs) / NS_PER_S;
        return Math.max(0, sum + Math.log(settings.rate()) + (1 - settings.rate()) * d / mean());
    }

    private double mean() {
        return intervals.clamped(
                settings.minBlocks(), settings.expectedInterval(), settings.shortestInterval(), settings.longestInterval());
    }

    /** Another process is armed and counted anew. A restart alone does not make a slow chain usual. */
    @Override
    protected boolean restarted(NodeContext node) {
        connectedAtNs = 0;
        sum = 0;
        return true;
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return watched(node)
                ? Optional.of(score(rounded(sumNow(node)), settings.threshold(), "ratio"))
                : Optional.empty();
    }

    /** The least value that S will have at the next block. */
    private double sumNow(NodeContext node) {
        return watched(node) ? Math.max(sum, withInterval(node.nowNs())) : sum;
    }

    @Override
    protected boolean advance(NodeContext node) {
        boolean forgets = !node.chain().armed() && sum > 0;
        sum = forgets ? 0 : sum;
        return forgets;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        if (!node.chain().armed()) {
            return Judgement.over(() -> over(node));
        }
        double now = sumNow(node);
        boolean slow = now >= settings.threshold() || firing() && now >= settings.threshold() / 2;
        return Judgement.of(slow, Severity.WARN, () -> finding(node, now), () -> over(node));
    }

    private Finding finding(NodeContext node, double now) {
        double expected = (node.nowNs() - sinceNs) / NS_PER_S / mean();
        String span = Words.span(node.nowNs() - sinceNs);
        String summary = String.format(Locale.ROOT, "%s connected %s in %s, where %.0f are usual",
                node.node(), Words.count(blocks, "block"), span, expected);
        String description = String.format(Locale.ROOT, "%s (one each %.0f s). The sum that compares this with a chain at %.0f %% of the rate is"
                        + " %.1f (warns from %.1f). Check whether other nodes and block explorers have more blocks: then this node"
                        + " is shown a separate chain, so don't rely on its confirmations. Otherwise much of the hash rate is"
                        + " gone or blocks were slow by chance.",
                summary, mean(), 100 * settings.rate(), now, settings.threshold());
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("cusum", rounded(now), settings.threshold(), "ratio"),
                        Measurement.of("blocks", blocks, "blocks"), Measurement.of("expected-blocks", rounded(expected), "blocks"),
                        Measurement.of("mean-interval", Math.round(mean()), "seconds"), Measurement.of("height", height, "blocks")),
                Map.of(), node.continuity().blocksKnownSinceNs() <= sinceNs));
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = node.continuity().stopped() ? node.node() + " was stopped" : !node.chain().armed()
                ? node.node() + " is catching up" : "Blocks reach " + node.node() + " at their usual rate again";
        return new Finding(text, text + ".", new Evidence(
                List.of(Measurement.of("height", height, "blocks")), Map.of(), true));
    }

    private static double rounded(double value) {
        return Math.round(100 * value) / 100.0;
    }

    @Override
    protected int formerVersions() {
        return 1;
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.real(sum).number(height).number(connectedAtNs).number(sinceNs).number(blocks);
        intervals.save(out);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        sum = in.real();
        height = in.integer();
        connectedAtNs = in.number();
        sinceNs = in.number();
        blocks = in.integer();
        intervals.restore(in);
    }
}
