package org.bitcoinwatchdog.detectors.liveness;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.node.LastHeard;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.Reading;
import org.bitcoinwatchdog.detectors.node.WallClockRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;

/**
 * The agent reported that bitcoind ended, and it was not started again (rules.md section 4). A restart takes less than
 * the threshold. A node without events in a recording has not ended.
 */
public final class NodeSilent extends WallClockRule {
    /** @param page time after the end of bitcoind without a start */
    public record Settings(boolean enabled, Duration page) implements RuleSettings {
        public Settings {
            Check.positive("page", page);
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofSeconds(60));
        }
    }

    private final Settings settings;

    public NodeSilent(Rule rule, Settings settings) {
        super(rule, Duration.ZERO);
        this.settings = settings;
    }

    @Override
    protected Judgement judge(Reading reading, NodeContext node) {
        LastHeard lastHeard = node.lastHeard();
        if (!lastHeard.bitcoindEnded()) {
            return Judgement.over(() -> over(node));
        }
        long goneNs = reading.silenceNs(lastHeard.heardAtNs());
        if (reading.promptSinceNs().isEmpty()) {
            return Judgement.UNDECIDED; // a start may wait in the backlog
        }
        boolean fires = firing() || goneNs >= settings.page().toNanos();
        return Judgement.of(fires, Severity.PAGE, () -> finding(node, reading.nowNs() - lastHeard.heardAtNs()), () -> over(node));
    }

    private Finding finding(NodeContext node, long goneNs) {
        return new Finding("bitcoind of " + node.node() + " has not been running for " + Words.span(goneNs), String.format(
                "The agent of %s saw bitcoind end %s ago, and no start since (pages from %s). Check why it ended (debug.log, the"
                        + " service's journal, the kernel's log for out of memory) and start it. If it is meant to be down,"
                        + " silence this node.",
                node.node(), Words.span(goneNs), Words.span(settings.page().toNanos())),
                new Evidence(List.of(Measurement.against("gone", Words.seconds(goneNs), settings.page().toSeconds(), "seconds")),
                        Map.of(), true));
    }

    private static Finding over(NodeContext node) {
        return new Finding("bitcoind of " + node.node() + " runs again", "The agent of " + node.node() + " is attached to it again.",
                new Evidence(List.of(), Map.of(), true));
    }
}
