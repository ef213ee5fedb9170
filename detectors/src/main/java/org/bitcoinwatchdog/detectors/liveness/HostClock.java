package org.bitcoinwatchdog.detectors.liveness;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
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
 * Compares the clock of a node's host with the clock of the detectors' host. An event has only the node's own time. Two
 * things prove that one clock is wrong: an event is read before it happened, or events are always late although none
 * wait at the agent or in Kafka. The least lateness within two minutes is the difference of the clocks plus the short
 * delay in Kafka.
 */
public final class HostClock extends WallClockRule {
    /** @param info difference from which the rule fires */
    public record Settings(boolean enabled, Duration info) implements RuleSettings {
        public Settings {
            Check.positive("info", info);
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofSeconds(5));
        }
    }

    private static final long HEARD_NS = Duration.ofSeconds(15).toNanos();

    private final Settings settings;

    public HostClock(Rule rule, Settings settings) {
        super(rule, Duration.ofMinutes(2));
        this.settings = settings;
    }

    @Override
    protected Judgement judge(Reading reading, NodeContext node) {
        LastHeard lastHeard = node.lastHeard();
        boolean heard = lastHeard.begun() && reading.nowNs() - lastHeard.heardAtNs() < HEARD_NS;
        boolean queued = lastHeard.spooled() > 0 || reading.promptSinceNs().isEmpty()
                || reading.nowNs() - reading.promptSinceNs().getAsLong() < 8 * HEARD_NS;
        if (!heard || queued) {
            return Judgement.UNDECIDED;
        }
        long offNs = lastHeard.leastLatenessNs();
        boolean off = Math.abs(offNs) >= settings.info().toNanos();
        return Judgement.of(off, Severity.INFO, () -> finding(node, offNs), () -> over(node, offNs));
    }

    private Evidence evidence(long offNs) {
        return new Evidence(List.of(Measurement.against("difference", Words.seconds(Math.abs(offNs)),
                settings.info().toSeconds(), "seconds")), Map.of(), true);
    }

    private Finding over(NodeContext node, long offNs) {
        String text = "The clocks of " + node.node() + "'s host and the detectors' host agree";
        return new Finding(text, text + ".", evidence(offNs));
    }

    private Finding finding(NodeContext node, long offNs) {
        String way = offNs < 0 ? "ahead of" : "behind";
        return new Finding(String.format(Locale.ROOT, "The clock of %s's host is %.1f s %s the detectors'", node.node(),
                Words.seconds(Math.abs(offNs)), way), String.format(Locale.ROOT,
                "No events of %s waited in the last minutes. The fastest of them was read %.1f s %s it"
                        + " happened by its own clock (fires from %s). Check time synchronization on both hosts (timedatectl).",
                node.node(), Words.seconds(Math.abs(offNs)), offNs < 0 ? "before" : "after",
                Words.span(settings.info().toNanos())), evidence(offNs));
    }
}
