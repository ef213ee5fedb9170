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
 * A node's agent sends nothing, not even its heartbeat of each second, although all published events have been read
 * (rules.md section 4). Its host, its agent or its connection to Kafka is down, and nobody watches the node. After an
 * interruption the detectors read their backlog first; the agent then has the whole threshold.
 */
public final class AgentSilent extends WallClockRule {
    /**
     * @param page        how long the agent must be silent
     * @param forgetAfter after this time the node counts as gone for good, and its alert resolves
     */
    public record Settings(boolean enabled, Duration page, Duration forgetAfter) implements RuleSettings {
        public Settings {
            Check.positive("page", page);
            Check.ordered("page", page, "forget-after", forgetAfter);
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofSeconds(60), Duration.ofDays(30));
        }
    }

    private final Settings settings;

    public AgentSilent(Rule rule, Settings settings) {
        super(rule, Duration.ZERO);
        this.settings = settings;
    }

    @Override
    protected Judgement judge(Reading reading, NodeContext node) {
        LastHeard lastHeard = node.lastHeard();
        long unheardNs = reading.nowNs() - lastHeard.heardAtNs();
        boolean heard = unheardNs < settings.page().toNanos();
        boolean gone = unheardNs >= settings.forgetAfter().toNanos();
        // A node whose bitcoind ended sends no events; another alert reports it.
        if (!lastHeard.begun() || heard || gone || lastHeard.bitcoindEnded()) {
            return Judgement.over(() -> over(node, gone));
        }
        if (reading.promptSinceNs().isEmpty()) {
            return Judgement.UNDECIDED; // published events may not have been read yet
        }
        boolean fires = firing() || reading.silenceNs(lastHeard.heardAtNs()) >= settings.page().toNanos();
        return Judgement.of(fires, Severity.PAGE, () -> finding(node, unheardNs), () -> over(node, gone));
    }

    private Finding finding(NodeContext node, long unheardNs) {
        LastHeard lastHeard = node.lastHeard();
        String summary = "No event arrives from the agent of " + node.node() + " for " + Words.span(unheardNs);
        String description = String.format(Locale.ROOT, "The agent of %s publishes a heartbeat each second. The last event that arrived has the time"
                        + " %s, read %s ago%s (pages from %s). Nobody watches this node now, so no other alert about it can fire."
                        + " Check the agent's process and journal on the node's host, and whether the host reaches Kafka"
                        + " (watchdog doctor).",
                node.node(), Words.time(lastHeard.observedAtNs()), Words.span(unheardNs),
                lastWords(lastHeard), Words.span(settings.page().toNanos()));
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("silence", Words.seconds(unheardNs), settings.page().toSeconds(), "seconds")),
                Map.of(), true));
    }

    private static String lastWords(LastHeard lastHeard) {
        return lastHeard.agentStopped() ? "; it reported that it was being stopped"
                : lastHeard.tracingFailed() ? "; it reported that tracing failed by its own fault" : "";
    }

    private static Finding over(NodeContext node, boolean gone) {
        String text = gone ? node.node() + " counts as gone for good"
                : node.lastHeard().bitcoindEnded() ? "The agent of " + node.node() + " reported that bitcoind ended"
                : "The agent of " + node.node() + " sends events again";
        return new Finding(text, text + ".", new Evidence(List.of(), Map.of(), true));
    }
}
