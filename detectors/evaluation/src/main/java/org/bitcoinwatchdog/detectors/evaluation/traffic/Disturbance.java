package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.List;

/**
 * Something that happens to a fleet besides its background: a benign case that must not raise an alert, or an attack
 * that must. Every method is called for each minute. The defaults leave the background unchanged.
 */
public interface Disturbance {
    /** A block that never arrives. */
    long NEVER = Long.MAX_VALUE;

    int BY_CHANCE = -1;

    Disturbance NONE = new Disturbance() {
    };

    /** Factor on the rate at which the network finds blocks. */
    default double hashRate(long atUs) {
        return 1;
    }

    /** Blocks found in addition to the random ones. */
    default List<Long> forcedBlocks(long fromUs, long toUs) {
        return List.of();
    }

    /** Whether the network is split in halves, each with half of the hash rate. */
    default boolean splits(long atUs) {
        return false;
    }

    /** Which side of a split finds the next block, 0 or 1; {@link #BY_CHANCE} if both have half of the hash rate. */
    default int miningSide(long atUs) {
        return BY_CHANCE;
    }

    /** The node's side of a split, 0 or 1. */
    default int side(NodeTraffic node) {
        return 0;
    }

    /** The earliest time at which a block's header may reach a node; {@link #NEVER} if it can't be known yet. */
    default long headerReaches(NodeTraffic node, Block block, long atUs) {
        return 0;
    }

    /** The earliest time at which the block itself may reach a node; never before its header. */
    default long blockReaches(NodeTraffic node, Block block, long atUs) {
        return headerReaches(node, block, atUs);
    }

    /** Whether a witness answers the agent. */
    default boolean answers(NodeTraffic witness, long atUs) {
        return true;
    }

    /** By how much a node's clock is ahead. */
    default long clockOffsetUs(NodeTraffic node, long atUs) {
        return 0;
    }

    /** Whether a node finds no address that it can connect to, so that it opens no connection of its own. */
    default boolean findsNoPeer(NodeTraffic node, long atUs) {
        return false;
    }

    /** Whether a node tells its peers that it is in initial block download. */
    default boolean downloads(NodeTraffic node, long atUs) {
        return false;
    }

    /** Factor on the connections of the busiest operator. */
    default double operator(long atUs) {
        return 1;
    }

    /** Factor on transactions and what they cause. */
    default double transactions(long atUs) {
        return 1;
    }

    /** Whether the fleet is on testnet4, where a minute's extra hash rate makes blocks of the least difficulty, dated ahead. */
    default boolean testnet() {
        return false;
    }

    /** The number of blocks that another branch replaces in that minute, all at once. */
    default int replacedBlocks(long fromUs) {
        return 0;
    }

    /** Whether the node exists. It disappears without notice, and a new one must catch up. */
    default boolean exists(NodeTraffic node, long atUs) {
        return true;
    }

    /** What happens to a call on its way to the detectors. */
    default CallOutcome fate(NodeTraffic node, Traced call, long atUs) {
        return CallOutcome.TOLD;
    }

    /** Whether a node's events are delayed: its agent can't reach Kafka, or the detectors are away. */
    default boolean keptForLater(NodeTraffic node, long atUs) {
        return false;
    }

    /** Acts on a node in that minute, before its background does. */
    default void act(NodeTraffic node, TrafficMinute slice) {
    }

    /** What happens to a call on its way from bitcoind to the detectors. */
    enum CallOutcome {
        TOLD,
        /** The kernel drops it because its buffer is full. It has no number; a Loss reports it. */
        DROPPED,
        /** The agent drops it because its spool is full. It has a number; a Loss reports it. */
        LOST,
        /** It disappears after the agent. It leaves a gap in the numbers; no Loss reports it. */
        VANISHED,
        /** It never happens, because the machine is suspended. */
        SUSPENDED
    }
}
