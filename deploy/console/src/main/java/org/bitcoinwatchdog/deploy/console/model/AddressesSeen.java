package org.bitcoinwatchdog.deploy.console.model;

import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import org.bitcoinwatchdog.deploy.console.model.NodeView.AddressesView;
import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.Addresses;

/**
 * The addresses that peers sent to one node, by netgroup, over the last half hour to hour: two generations of half an hour.
 */
final class AddressesSeen {
    private static final long GENERATION_NS = 1_800_000_000_000L;
    /** A time this far ahead marks the flood of July 2021. Bitcoin Core accepts times up to ten minutes ahead. */
    private static final long FUTURE_S = 120;
    private static final int TOP = 24;
    private static final int TOP_SYSTEMS = 96;

    private final AutonomousSystems systems;
    private Generation current = new Generation(0);
    private Generation previous = new Generation(0);
    private final TimeSeries entries = TimeSeries.ofSums(MessageRates.SLOTS, MessageRates.SLOT_NS);

    AddressesSeen(AutonomousSystems systems) {
        this.systems = systems;
    }

    void add(Addresses addresses, String peer, long timeNs) {
        if (current.beganNs == 0) {
            current = new Generation(timeNs);
        } else if (timeNs - current.beganNs >= GENERATION_NS) {
            previous = timeNs - current.beganNs < 2 * GENERATION_NS ? current : new Generation(0);
            current = new Generation(timeNs);
        }
        entries.add(timeNs, addresses.getCount());
        current.add(addresses, peer, timeNs / 1_000_000_000L, systems);
    }

    double entriesPerSecond(long timeNs) {
        return entries.perSecond(timeNs, 2);
    }

    AddressesView view(long timeNs) {
        Map<String, Long> networks = new TreeMap<>(previous.networks);
        current.networks.forEach((network, count) -> networks.merge(network, count, Long::sum));
        TopCounts peers = merged(previous.peers, current.peers, 256);
        long sinceNs = previous.beganNs != 0 ? previous.beganNs : current.beganNs;
        return new AddressesView(sinceNs / 1_000_000, previous.messages + current.messages, previous.announced + current.announced,
                previous.future + current.future, networks, topGroups(), topSystems(), peers.top(20), entries.upTo(timeNs),
                MessageRates.SLOT_NS / 1_000_000_000L);
    }

    /** 65,536 bytes, one for each IPv4 /16 in order: entries received, 255 for that many and more. */
    String slash16sInBase64() {
        byte[] counts = new byte[1 << 16];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = (byte) Math.min(255, previous.slash16(i) + current.slash16(i));
        }
        return Base64.getEncoder().encodeToString(counts);
    }

    /** Groups of IPv4 are counted one by one; of all others, which a peer may make up endlessly, only the largest are. */
    private List<TopCounts.TopCount> topGroups() {
        PriorityQueue<TopCounts.TopCount> smallestFirst = new PriorityQueue<>(Comparator.comparingLong(TopCounts.TopCount::count));
        for (int slash16 = 0; slash16 < 1 << 16; slash16++) {
            int count = previous.slash16(slash16) + current.slash16(slash16);
            if (count > 0 && (smallestFirst.size() < TOP || count > smallestFirst.peek().count())) {
                smallestFirst.add(new TopCounts.TopCount((slash16 >> 8) + "." + (slash16 & 0xff) + ".0.0/16", count, 0));
                if (smallestFirst.size() > TOP) {
                    smallestFirst.remove();
                }
            }
        }
        smallestFirst.addAll(merged(previous.groups, current.groups, 256).top(TOP));
        return smallestFirst.stream().sorted(Comparator.comparingLong(TopCounts.TopCount::count).reversed()).limit(TOP).toList();
    }

    private List<TopCounts.TopCount> topSystems() {
        return systems.known() ? merged(previous.systems, current.systems, 2 * Generation.SYSTEMS).top(TOP_SYSTEMS) : null;
    }

    private static TopCounts merged(TopCounts one, TopCounts other, int capacity) {
        TopCounts both = new TopCounts(capacity);
        both.addAll(one);
        both.addAll(other);
        return both;
    }

    private static final class Generation {
        private static final int SYSTEMS = 512;

        private final long beganNs;
        private final Map<String, Long> networks = new TreeMap<>();
        private final TopCounts groups = new TopCounts(128);
        private final TopCounts systems = new TopCounts(SYSTEMS);
        private final TopCounts peers = new TopCounts(128);
        private char[] slash16s = new char[0];
        private long messages;
        private long announced;
        private long future;

        Generation(long beganNs) {
            this.beganNs = beganNs;
        }

        void add(Addresses addresses, String peer, long timeS, AutonomousSystems known) {
            messages++;
            announced += addresses.getCount();
            peers.add(peer, addresses.getCount());
            for (AddressEntry entry : addresses.getEntriesList()) {
                AddressGroup group = AddressGroup.of(entry.getAddress());
                networks.merge(group.network(), 1L, Long::sum);
                if (group.slash16() >= 0) {
                    count(group.slash16());
                } else {
                    groups.add(group.name(), 1);
                }
                if (known.known()) {
                    systems.add(known.of(entry.getAddress()), 1);
                }
                if (Integer.toUnsignedLong(entry.getTimeS()) > timeS + FUTURE_S) {
                    future++;
                }
            }
        }

        int slash16(int index) {
            return slash16s.length == 0 ? 0 : slash16s[index];
        }

        private void count(int slash16) {
            if (slash16s.length == 0) {
                slash16s = new char[1 << 16];
            }
            if (slash16s[slash16] < Character.MAX_VALUE) {
                slash16s[slash16]++;
            }
        }
    }
}
