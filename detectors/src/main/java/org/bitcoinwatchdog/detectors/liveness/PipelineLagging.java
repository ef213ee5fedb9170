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
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;

/**
 * A node's events keep arriving late, so every other alert about it is late too (rules.md section 4). The cause of
 * lateness may be the clock of the node's host, unless there is a queue: events wait at the agent, or published events
 * wait for the detectors. A queue that shrinks to zero within the threshold is not a lag, for example the backlog after
 * an interruption of the detectors or Kafka.
 */
public final class PipelineLagging extends WallClockRule {
    /** @param page how late events must be, for at least that long */
    public record Settings(boolean enabled, Duration page) implements RuleSettings {
        public Settings {
            Check.positive("page", page);
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofSeconds(60));
        }
    }

    private final Settings settings;
    private long lateSinceNs;

    public PipelineLagging(Rule rule, Settings settings) {
        super(rule, Duration.ZERO);
        this.settings = settings;
    }

    @Override
    protected boolean advance(Reading reading, NodeContext node) {
        long pageNs = settings.page().toNanos();
        boolean heard = reading.nowNs() - node.lastHeard().heardAtNs() < pageNs;
        boolean queued = node.lastHeard().spooled() > 0 || reading.promptSinceNs().isEmpty();
        boolean late = heard && queued && node.lastHeard().latenessNs() >= pageNs;
        boolean changed = late != (lateSinceNs != 0);
        if (changed) {
            lateSinceNs = late ? reading.nowNs() : 0;
        }
        return changed;
    }

    @Override
    protected Judgement judge(Reading reading, NodeContext node) {
        boolean fires = lateSinceNs != 0 && reading.nowNs() - lateSinceNs >= settings.page().toNanos();
        return Judgement.of(fires, Severity.PAGE, () -> finding(node, reading), () -> over(node));
    }

    private Finding finding(NodeContext node, Reading reading) {
        LastHeard lastHeard = node.lastHeard();
        boolean atAgent = lastHeard.spooled() > 0;
        String where = atAgent
                ? Words.count(lastHeard.spooled(), "event") + " waited at the agent for Kafka"
                : "the detectors are slower than the agents";
        String next = atAgent
                ? "Check the network between the node's host and Kafka, and Kafka's health."
                : "Check whether the detectors have enough processor time, and add instances up to the number of partitions.";
        return new Finding(node.node() + "'s events arrive " + Words.span(lastHeard.latenessNs()) + " late", String.format(
                "The last event of %s was read %s after it happened, and it has been so for %s: %s (pages from %s)."
                        + " Every other alert about this node is equally late. %s",
                node.node(), Words.span(lastHeard.latenessNs()), Words.span(reading.nowNs() - lateSinceNs), where,
                Words.span(settings.page().toNanos()), next),
                new Evidence(List.of(
                        Measurement.against("lateness", Words.seconds(lastHeard.latenessNs()), settings.page().toSeconds(), "seconds"),
                        Measurement.of("waiting-at-agent", lastHeard.spooled(), "events")), Map.of(), true));
    }

    private static Finding over(NodeContext node) {
        long late = node.lastHeard().latenessNs();
        String text = "Events of " + node.node() + " no longer queue";
        return new Finding(text, text + "; the last was read " + Words.span(late) + " after it happened.",
                new Evidence(List.of(Measurement.of("lateness", Words.seconds(late), "seconds")), Map.of(), true));
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.number(lateSinceNs);
    }

    @Override
    protected void restoreFacts(StateReader in) {
        lateSinceNs = in.number();
    }
}
