package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import org.bitcoinwatchdog.events.Severity;

/** A witness that gives no usable answer. Nodes are not compared with it meanwhile. */
public final class WitnessSilent extends NodeRule {
    /** @param longest time without a usable answer */
    public record Settings(boolean enabled, Duration longest) implements RuleSettings {
        public Settings {
            Check.positive("longest", longest);
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofMinutes(15));
        }
    }

    private final Settings settings;
    /** When the agent began to ask. A witness that never answers is silent from then on. */
    private long askedSinceNs;

    public WitnessSilent(Rule rule, Settings settings) {
        super(rule, Duration.ZERO);
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.NODE_STARTED || body == NodeEvent.BodyCase.HEARTBEAT;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        if (event.hasNodeStarted() || askedSinceNs == 0) {
            askedSinceNs = node.nowNs();
            return true;
        }
        return false;
    }

    @Override
    protected boolean restarted(NodeContext node) {
        askedSinceNs = node.nowNs();
        return true;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        long silentNs = silentNs(node);
        return Judgement.of(askedSinceNs != 0 && silentNs >= settings.longest().toNanos(), Severity.INFO,
                () -> finding(node, silentNs), () -> over(node));
    }

    private long silentNs(NodeContext node) {
        return node.nowNs() - Math.max(askedSinceNs, node.witness().answeredAtNs());
    }

    private Finding finding(NodeContext node, long silentNs) {
        String summary = String.format(Locale.ROOT, "Witness %s has given no usable answer for %s", node.node(), Words.span(silentNs));
        return new Finding(summary, summary + " (told from " + Words.span(settings.longest().toNanos()) + " on). No node is"
                + " compared with it meanwhile. The agent's log says what was wrong with its"
                + " last answer. Check its URL, and the proxy if one is set.", evidence(silentNs));
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = "Witness " + node.node() + " answers again";
        return new Finding(text, text + ".", Evidence.NONE);
    }

    private Evidence evidence(long silentNs) {
        return new Evidence(List.of(Measurement.against(
                "silence", Words.seconds(silentNs), settings.longest().toSeconds(), "seconds")), Map.of(), true);
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.number(askedSinceNs);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        askedSinceNs = in.number();
    }
}
