package org.bitcoinwatchdog.detectors.liveness;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.node.Detector;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.NodeRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStarted;
import org.bitcoinwatchdog.events.Severity;

/**
 * Two agents publish one node name at the same time (rules.md section 4): hosts of the same name, or a cloned machine.
 * The heartbeats of two runs of an agent alternate. A restart, or a spool that is published late, changes from one run
 * to another once. Only two active runs alternate repeatedly.
 *
 * <p>All other rules use the run that attached last. Events of the other run count as outdated (see Continuity).
 */
public final class NodeNameConflict extends NodeRule implements Detector.OfAgents {
    private static final int RUNS = 4;

    /**
     * @param returns number of returns of a run after another published, from which the rule pages
     * @param within  time without any such return after which the alert ends
     */
    public record Settings(boolean enabled, int returns, Duration within) implements RuleSettings {
        public Settings {
            Check.atLeastOne("returns", returns);
            Check.positive("within", within);
        }

        public static Settings defaults() {
            return new Settings(true, 3, Duration.ofSeconds(60));
        }
    }

    /** What a run of an agent reports about itself. */
    private record NamedAgent(String host, int pid, String dataDirectory) {
        @Override
        public String toString() {
            return (host.isEmpty() ? "an unknown host" : host) + " (pid " + pid
                    + (dataDirectory.isEmpty() ? "" : ", data directory " + dataDirectory) + ")";
        }
    }

    private final Settings settings;
    /** By the random number that the agent drew at its start, in the order of their last events. */
    private final Map<Long, NamedAgent> runs = new LinkedHashMap<>();
    private long last;
    private int returns;
    private long returnedAtNs;

    public NodeNameConflict(Rule rule, Settings settings) {
        super(rule, Duration.ZERO, Cadence.EACH_SECOND);
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return false;
    }

    @Override
    public boolean hearsOfAgent(NodeEvent event, NodeContext node) {
        if (event.hasNodeStarted()) {
            NodeStarted started = event.getNodeStarted();
            return hears(started.getAgentRun(), new NamedAgent(started.getHost(), started.getPid(), started.getDataDirectory()), node);
        }
        Heartbeat beat = event.getHeartbeat();
        NamedAgent known = runs.get(beat.getAgentRun());
        return hears(beat.getAgentRun(), new NamedAgent(beat.getHost(), beat.getPid(), known == null ? "" : known.dataDirectory()), node);
    }

    private boolean hears(long agentRun, NamedAgent run, NodeContext node) {
        if (agentRun == 0 || agentRun == last && run.equals(runs.get(agentRun))) {
            return false; // an agent without such a number, or no change
        }
        boolean returned = agentRun != last && runs.remove(agentRun) != null;
        if (returned) {
            returns = isRecent(node) ? returns + 1 : 1;
            returnedAtNs = node.nowNs();
        }
        last = agentRun;
        runs.put(agentRun, run);
        if (runs.size() > RUNS) {
            runs.remove(runs.keySet().iterator().next());
        }
        return true;
    }

    private boolean isRecent(NodeContext node) {
        return Math.abs(node.nowNs() - returnedAtNs) < settings.within().toNanos();
    }

    @Override
    protected boolean advance(NodeContext node) {
        boolean over = returns >= settings.returns() && !isRecent(node);
        returns = over ? 0 : returns;
        return over;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        return Judgement.of(returns >= settings.returns(), Severity.PAGE, () -> finding(node), () -> over(node));
    }

    @Override
    protected boolean restarted(NodeContext node) {
        return false;
    }

    /** The other agent may still publish, so the conflict remains. */
    @Override
    protected End end() {
        return End.NEVER;
    }

    private Finding finding(NodeContext node) {
        List<String> others = runs.values().stream().map(NamedAgent::toString).toList();
        List<String> two = others.subList(Math.max(0, others.size() - 2), others.size());
        return new Finding("Two agents publish the node name " + node.node() + ": " + String.join(" and ", two), String.format(
                "Heartbeats of %s from %s arrive in turns: they changed %d times (pages from %d). A name must be unique among all agents that publish to one Kafka. The"
                        + " other rules judge only the node whose agent attached last. The other node is not watched. Give one of"
                        + " the nodes another name in its agent's configuration (agent.nodes, name) and restart that agent. On a"
                        + " cloned machine, change the host name and empty the agent's state directory as well.",
                node.node(), String.join(" and from ", two), returns, settings.returns()),
                new Evidence(List.of(Measurement.against("returns", returns, settings.returns(), "count")),
                        Map.of("agents", others), true));
    }

    @Override
    protected Finding over(NodeContext node) {
        return Finding.of("Only one agent publishes " + node.node() + " now");
    }

    @Override
    protected int formerVersions() {
        return 1;
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.each(runs.entrySet(), (entry, to) -> to.number(entry.getKey()).text(entry.getValue().host())
                .number(entry.getValue().pid()).text(entry.getValue().dataDirectory()));
        out.number(last).number(returns).number(returnedAtNs);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        in.each(from -> runs.put(from.number(), new NamedAgent(from.text(), from.integer(), from.text())));
        last = in.number();
        returns = in.integer();
        returnedAtNs = in.number();
    }
}
