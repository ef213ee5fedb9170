package org.bitcoinwatchdog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.agent.discovery.NodeRegister;
import org.bitcoinwatchdog.agent.publish.EventAccount;
import org.bitcoinwatchdog.agent.publish.LostForTest;
import org.bitcoinwatchdog.agent.witness.WitnessSettings;
import org.bitcoinwatchdog.events.NodeEvent;
import org.junit.jupiter.api.Test;

class WitnessesTest {
    private final List<NodeEvent> events = new ArrayList<>();
    private final Map<String, EventAccount> accounts = new HashMap<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private String faulty = "";
    private final Witnesses witnesses = new Witnesses(settings("explorer", "other"), NodeRegister.inMemory(), TracedNode.AgentRun.of("host"),
            this::enqueue, registry, new AgentMeters(registry), Clock.systemUTC());

    private void enqueue(EventAccount account, NodeEvent event) {
        if (event.getNode().equals(faulty)) {
            throw new IllegalStateException("injected");
        }
        accounts.put(event.getNode(), account);
        events.add(event);
    }

    private static AgentSettings settings(String... names) {
        AgentSettings defaults = AgentSettings.defaults();
        List<WitnessSettings> witnesses = List.of(names).stream().map(name -> new WitnessSettings(name,
                Optional.of(URI.create("http://127.0.0.1:1")), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty())).toList();
        return new AgentSettings(List.of(), witnesses, defaults.tracepoints(), defaults.ringBufferBytes(), defaults.drainInterval(),
                defaults.heartbeatInterval(), defaults.memoryBytes(), defaults.spoolBytes());
    }

    private List<NodeEvent> of(String name) {
        return events.stream().filter(event -> event.getNode().equals(name)).toList();
    }

    @Test
    void aFaultInOneHeartbeatStopsNeitherTheNextNorTheOthers() {
        faulty = "explorer";
        witnesses.heartbeat();
        assertThat(of("other")).singleElement().matches(NodeEvent::hasHeartbeat);

        faulty = "";
        witnesses.heartbeat();
        assertThat(of("explorer")).singleElement().matches(NodeEvent::hasHeartbeat);
        assertThat(of("other")).hasSize(2);
    }

    @Test
    void publishesTheLossOfAWitnesssEvents() {
        witnesses.heartbeat();
        LostForTest.one(accounts.get("explorer"), 7);
        witnesses.heartbeat();

        assertThat(of("explorer")).extracting(NodeEvent::getBodyCase).containsExactly(
                NodeEvent.BodyCase.HEARTBEAT, NodeEvent.BodyCase.LOSS, NodeEvent.BodyCase.HEARTBEAT);
        assertThat(of("explorer").get(1)).matches(NodeEvent::getWitness).returns(1L, event -> event.getLoss().getEvents());
        assertThat(of("other")).allMatch(NodeEvent::hasHeartbeat);
    }

    @Test
    void nothingFollowsTheEndOfAWitness() {
        witnesses.close();
        witnesses.heartbeat();

        assertThat(of("explorer")).singleElement().matches(NodeEvent::hasNodeStopped);
    }
}
