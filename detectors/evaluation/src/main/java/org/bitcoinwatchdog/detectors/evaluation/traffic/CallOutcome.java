package org.bitcoinwatchdog.detectors.evaluation.traffic;

/** What becomes of a call on its way from bitcoind to the detectors. */
public enum CallOutcome {
    TOLD,
    /** By the kernel, whose buffer is full: not numbered, but counted and told of by a Loss. */
    DROPPED,
    /** By the agent, whose spool is full: numbered, and told of by a Loss. */
    LOST,
    /** After the agent: a gap in the numbers, of which nobody tells. */
    VANISHED,
    /** It never happened: the machine stood still. */
    SUSPENDED
}
