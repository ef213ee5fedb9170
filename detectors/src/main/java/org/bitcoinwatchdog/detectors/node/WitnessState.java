package org.bitcoinwatchdog.detectors.node;

import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.events.NodeEvent;

/** Whether the node is a witness, a view of the best chain from outside, and when it last answered its agent. */
public final class WitnessState implements Stateful {
    public static final String SECTION = "witness";

    private boolean witness;
    private long answeredAtNs;

    /** Whether what is stored is a witness's. */
    public static boolean isWitness(byte[] stored) {
        if (stored == null) {
            return false;
        }
        WitnessState state = new WitnessState();
        state.restore(new StateReader(stored));
        return state.witness;
    }

    /** @return whether anything changed */
    boolean take(NodeEvent event) {
        boolean changed = witness != event.getWitness();
        witness = event.getWitness();
        if (witness && event.hasHeartbeat() && event.getHeartbeat().getWitnessAnsweredAtNs() != answeredAtNs) {
            answeredAtNs = event.getHeartbeat().getWitnessAnsweredAtNs();
            changed = true;
        }
        return changed;
    }

    public boolean witness() {
        return witness;
    }

    boolean answeredSince(long thenNs) {
        return answeredAtNs >= thenNs && answeredAtNs > 0;
    }

    /** UNIX nanoseconds by the clock of its agent's host; 0 before the first answer. */
    public long answeredAtNs() {
        return answeredAtNs;
    }

    @Override
    public String section() {
        return SECTION;
    }

    @Override
    public void save(StateWriter out) {
        out.version(1).flag(witness).number(answeredAtNs);
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        witness = in.flag();
        answeredAtNs = in.number();
    }
}
