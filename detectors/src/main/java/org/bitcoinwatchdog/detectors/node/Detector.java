package org.bitcoinwatchdog.detectors.node;

import java.util.Optional;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;

/**
 * A rule that looks at one node. Plain Java, with no clock of its own: in the topology, in a test and in a replay it
 * behaves the same. One object lives for each node.
 */
public interface Detector extends Stateful {
    /** In the node's time. */
    enum Cadence {
        EACH_SECOND,
        /** For conditions that build up over minutes. */
        EVERY_FIVE_SECONDS
    }

    /** A rule about the agents that publish the node. */
    interface OfAgents extends Detector {
        /**
         * Takes a heartbeat or a start of the node's agent, also from a replaced run. {@link #on} gets no events of a
         * replaced run.
         *
         * @return whether its state changed, so that it is saved
         */
        boolean hearsOfAgent(NodeEvent event, NodeContext node);
    }

    /**
     * Whether {@link #on} needs such events; the answer never changes. An event costs only the rules that want it.
     *
     * @param payload of a message, {@code PAYLOAD_NOT_SET} for all other events
     */
    default boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return true;
    }

    /**
     * Takes an event, in order and once.
     *
     * @return whether its state changed, so that it is saved
     */
    default boolean on(NodeEvent event, NodeContext node, AlertWriter alerts) {
        return false;
    }

    /**
     * The event that is handled next is the first that shows another process of bitcoind. Its peers are numbered from 0 again.
     *
     * @return whether its state changed, so that it is saved
     */
    default boolean restarted(NodeContext node, AlertWriter alerts) {
        return false;
    }

    /** How often {@link #tick} is called; the answer never changes. */
    default Cadence cadence() {
        return Cadence.EACH_SECOND;
    }

    /**
     * Called in seconds of the node's time in which anything happened, heartbeats included.
     *
     * @return whether its state changed, so that it is saved
     */
    default boolean tick(NodeContext node, AlertWriter alerts) {
        return false;
    }

    /**
     * bitcoind ended: no event follows that could resolve an alert.
     *
     * @return whether its state changed, so that it is saved
     */
    boolean stopped(NodeContext node, AlertWriter alerts);

    /** Adds what the rule found to the node's digest. Called for each digest, so it must be cheap. */
    default void describe(NodeDigest.Builder digest, NodeContext node) {
    }

    /** How close the rule is to firing; empty while it is disarmed. Called once a second. */
    default Optional<Score> score(NodeContext node) {
        return Optional.empty();
    }

    /**
     * Makes a {@link Score} of this rule.
     *
     * @param threshold the lowest value at which the rule fires, in the same unit
     */
    default Score score(double value, double threshold, String unit) {
        return Score.newBuilder().setRule(section()).setValue(value).setThreshold(threshold).setUnit(unit).build();
    }
}
