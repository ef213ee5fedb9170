package org.bitcoinwatchdog.detectors.state;

/**
 * Lives on the heap between events and is written to the store at each commit after which it changed. A restored object
 * must behave like the saved one, down to the last alert.
 */
public interface Stateful {
    /** Name of this section of a node's or a fleet's state, in kebab-case. Never changes. */
    String section();

    void save(StateWriter out);

    /** Called once, on a new object. */
    void restore(StateReader in);
}
