package org.bitcoinwatchdog.detectors.liveness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.family.DetectorFamily;
import org.bitcoinwatchdog.detectors.node.Detector;
import org.bitcoinwatchdog.detectors.node.WallClockDetector;

/** Whether a node is there and seen: rules.md section 4. */
public record Liveness(
        NodeSilent.Settings nodeSilent,
        AgentSilent.Settings agentSilent,
        PipelineLagging.Settings pipelineLagging,
        AgentBlind.Settings agentBlind,
        NodeNameConflict.Settings nodeNameConflict) implements DetectorFamily {
    static final String DETECTOR = "liveness";

    public static Liveness defaults() {
        return new Liveness(NodeSilent.Settings.defaults(), AgentSilent.Settings.defaults(),
                PipelineLagging.Settings.defaults(), AgentBlind.Settings.defaults(), NodeNameConflict.Settings.defaults());
    }

    @Override
    public Map<Rule, Boolean> rules() {
        return Map.of(
                NodeSilent.RULE, nodeSilent.enabled(),
                AgentSilent.RULE, agentSilent.enabled(),
                PipelineLagging.RULE, pipelineLagging.enabled(),
                AgentBlind.RULE, agentBlind.enabled(),
                NodeNameConflict.RULE, nodeNameConflict.enabled());
    }

    @Override
    public List<Supplier<Detector>> forNode() {
        List<Supplier<Detector>> rules = new ArrayList<>();
        if (agentBlind.enabled()) {
            rules.add(() -> new AgentBlind(agentBlind));
        }
        if (nodeNameConflict.enabled()) {
            rules.add(() -> new NodeNameConflict(nodeNameConflict));
        }
        return rules;
    }

    @Override
    public List<Supplier<WallClockDetector>> forSilence() {
        List<Supplier<WallClockDetector>> rules = new ArrayList<>();
        if (nodeSilent.enabled()) {
            rules.add(() -> new NodeSilent(nodeSilent));
        }
        if (agentSilent.enabled()) {
            rules.add(() -> new AgentSilent(agentSilent));
        }
        if (pipelineLagging.enabled()) {
            rules.add(() -> new PipelineLagging(pipelineLagging));
        }
        return rules;
    }
}
