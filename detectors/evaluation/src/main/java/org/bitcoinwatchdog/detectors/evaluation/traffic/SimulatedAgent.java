package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.Loss;
import org.bitcoinwatchdog.events.NodeEvent;

/**
 * The agent of a simulated node. It publishes calls as the real agent does: numbered, with the host's clock, and only
 * while attached.
 */
final class SimulatedAgent {
    private final NodeTraffic node;
    private final Disturbance disturbance;
    private final String network;
    private final Deque<NodeEvent> kept = new ArrayDeque<>();
    private AgentCounters counters = new AgentCounters();
    private boolean detached;
    private long epochNs;
    private long sequence;
    private long answeredNs;

    SimulatedAgent(NodeTraffic node, Disturbance disturbance) {
        this.node = node;
        this.disturbance = disturbance;
        network = disturbance.testnet() ? "testnet4" : "main";
    }

    void publish(Traced traced, Object body, long atUs, Consumer<NodeEvent> to) {
        if (traced == Traced.STARTED) {
            attach(atUs);
        }
        if (detached) {
            return;
        }
        if (traced == Traced.HEARTBEAT) {
            for (Loss loss : counters.losses(clockNs(atUs))) {
                send(Traced.LOSS, loss, atUs, to);
            }
            send(traced, node.witness() ? answered(atUs) : counters.in((Heartbeat) body), atUs, to);
        } else {
            send(traced, body, atUs, to);
        }
        detached = traced == Traced.STOPPED;
    }

    /** A witness's heartbeat: when it last answered. */
    private Heartbeat answered(long atUs) {
        answeredNs = disturbance.answers(node, atUs) ? clockNs(atUs) : answeredNs;
        return Heartbeat.newBuilder().setWitnessAnsweredAtNs(answeredNs).build();
    }

    private void attach(long atUs) {
        detached = false;
        epochNs = clockNs(atUs);
        sequence = 0;
        counters = new AgentCounters();
    }

    private void send(Traced traced, Object body, long atUs, Consumer<NodeEvent> to) {
        long atNs = clockNs(atUs);
        switch (disturbance.fate(node, traced, atUs)) {
            case SUSPENDED -> { }
            case DROPPED -> counters.dropped(traced, atNs);
            case LOST -> {
                sequence++;
                counters.fired(traced);
                counters.lost(atNs);
            }
            case VANISHED -> {
                sequence++;
                counters.fired(traced);
            }
            case TOLD -> {
                counters.fired(traced);
                NodeEvent.Builder event = NodeEvent.newBuilder()
                        .setNode(node.name())
                        .setNetwork(network)
                        .setEpoch(epochNs)
                        .setSequence(sequence++)
                        .setObservedAtNs(atNs)
                        .setWitness(node.witness());
                traced.put(event, body);
                deliver(event.build(), atUs, to);
            }
        }
    }

    /** Delivers delayed events first. */
    private void deliver(NodeEvent event, long atUs, Consumer<NodeEvent> to) {
        if (disturbance.keptForLater(node, atUs)) {
            kept.add(event);
            return;
        }
        while (!kept.isEmpty()) {
            to.accept(kept.poll());
        }
        to.accept(event);
    }

    private long clockNs(long atUs) {
        return node.clockUs(atUs) * 1_000;
    }
}
