package org.bitcoinwatchdog.detectors.liveness;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.alerting.AlertState;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.node.Hearing;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.Reading;
import org.bitcoinwatchdog.detectors.node.WallClockDetector;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Severity;

/**
 * Nothing is heard of a node's agent, not even its heartbeat of each second, though everything that was published has
 * been read (rules.md section 4): its host, its agent or its way to Kafka is gone, and nobody watches the node. After
 * the detectors were away they read their backlog first, and the agent has the whole threshold from then on.
 */
public final class AgentSilent implements WallClockDetector {
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
    private final AlertState alert;

    public AgentSilent(Rule rule, Settings settings) {
        this.settings = settings;
        alert = new AlertState(rule, Duration.ZERO);
    }

    @Override
    public boolean judge(Reading reading, NodeContext node, AlertWriter alerts) {
        Hearing hearing = node.hearing();
        long unheardNs = reading.nowNs() - hearing.heardAtNs();
        boolean heard = unheardNs < settings.page().toNanos();
        boolean gone = unheardNs >= settings.forgetAfter().toNanos();
        // Of a node whose bitcoind ended nothing is to be heard; another alert speaks of it.
        if (!hearing.begun() || heard || gone || hearing.bitcoindEnded()) {
            return alert.end(reading.nowNs(), () -> over(node, gone), alerts);
        }
        if (reading.promptSinceNs().isEmpty()) {
            return false; // what was published may not have been read
        }
        boolean fires = alert.firing() || reading.silenceNs(hearing.heardAtNs()) >= settings.page().toNanos();
        return alert.judge(fires ? Optional.of(Severity.PAGE) : Optional.empty(), reading.nowNs(),
                () -> finding(node, unheardNs), alerts);
    }

    private Finding finding(NodeContext node, long unheardNs) {
        Hearing hearing = node.hearing();
        String summary = "Nothing is heard of the agent of " + node.node() + " for " + Words.span(unheardNs);
        String description = String.format(Locale.ROOT, "The agent of %s publishes a heartbeat each second. The last event that arrived is of"
                        + " %s, read %s ago%s (pages from %s). Nobody watches this node now, so nothing else will be said of it."
                        + " Check the agent's process and journal on the node's host, and whether the host reaches Kafka"
                        + " (watchdog doctor).",
                node.node(), Words.time(hearing.observedAtNs()), Words.span(unheardNs),
                lastWords(hearing), Words.span(settings.page().toNanos()));
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("silence", Words.seconds(unheardNs), settings.page().toSeconds(), "seconds")),
                Map.of(), true));
    }

    private static String lastWords(Hearing hearing) {
        return hearing.agentStopped() ? "; it told that it was being stopped"
                : hearing.tracingFailed() ? "; it told that tracing had failed by a fault of its own" : "";
    }

    private static Finding over(NodeContext node, boolean gone) {
        String text = gone ? node.node() + " is taken to be gone for good"
                : node.hearing().bitcoindEnded() ? "The agent of " + node.node() + " was heard of: bitcoind ended"
                : "The agent of " + node.node() + " is heard of again";
        return new Finding(text, text + ".", new Evidence(List.of(), Map.of(), true));
    }

    @Override
    public String section() {
        return alert.rule().key();
    }

    @Override
    public void save(StateWriter out) {
        out.version(1);
        alert.save(out);
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        alert.restore(in);
    }
}
