package org.bitcoinwatchdog.deploy.console.model;

import java.util.List;
import java.util.Map;

/**
 * Addresses that peers told a node since a time.
 *
 * @param announced  entries that the messages announce
 * @param future     entries whose time is more than two minutes ahead of the node's
 * @param networks   entries by network, unroutable and local ones under those names
 * @param netgroups  the groups with most entries
 * @param autonomousSystems likewise; null without an asmap
 * @param peers      the peers that sent most entries
 * @param perSlot    entries in each slot, oldest first
 */
public record AddressesView(long sinceMs, long messages, long announced, long future, Map<String, Long> networks,
        List<TopCounts.Count> netgroups, List<TopCounts.Count> autonomousSystems, List<TopCounts.Count> peers, Double[] perSlot, long slotSeconds) {
}
