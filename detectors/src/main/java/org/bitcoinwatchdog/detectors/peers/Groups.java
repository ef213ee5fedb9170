package org.bitcoinwatchdog.detectors.peers;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.network.Netgroup;
import org.bitcoinwatchdog.detectors.node.Peer;

/**
 * Peers by group, and how concentrated they are. Peers without a group don't count.
 *
 * @param members members of each group, the largest first
 */
record Groups(List<Group> members) {
    /** Weight and mean of the prior of {@link #topShare}: 20 peers of which the largest group has 15 % (rules.md section 3). */
    private static final double PRIOR_PEERS = 20;
    private static final double PRIOR_SHARE = 0.15;

    record Group(String name, List<Peer> peers) {
        int size() {
            return peers.size();
        }
    }

    static Groups of(Stream<Peer> peers, Function<Peer, Optional<String>> group) {
        Map<String, List<Peer>> byName = new LinkedHashMap<>();
        peers.forEach(peer -> group.apply(peer)
                .ifPresent(name -> byName.computeIfAbsent(name, key -> new ArrayList<>()).add(peer)));
        return new Groups(byName.entrySet().stream()
                .map(entry -> new Group(entry.getKey(), List.copyOf(entry.getValue())))
                .sorted(Comparator.comparingInt(Group::size).reversed().thenComparing(Group::name))
                .toList());
    }

    static Groups byNetgroup(Stream<Peer> peers) {
        return of(peers, peer -> peer.netgroup().map(netgroup -> netgroup.name()));
    }

    static Groups byAs(Stream<Peer> peers) {
        return of(peers, peer -> peer.as().isPresent() ? Optional.of("AS" + peer.as().getAsInt()) : Optional.empty());
    }

    /**
     * {@link #topShare} by netgroup, computed without a list of groups, since digests need it every few seconds. Empty
     * below that many peers.
     */
    static OptionalDouble topNetgroupShare(Iterable<Peer> peers, Predicate<Peer> which, int least) {
        Map<Netgroup, Integer> sizes = new HashMap<>();
        int total = 0;
        int largest = 0;
        for (Peer peer : peers) {
            if (which.test(peer) && peer.netgroup().isPresent()) {
                total++;
                largest = Math.max(largest, sizes.merge(peer.netgroup().get(), 1, Integer::sum));
            }
        }
        return total < least ? OptionalDouble.empty() : OptionalDouble.of(smoothed(largest, total));
    }

    int total() {
        return members.stream().mapToInt(Group::size).sum();
    }

    int largest() {
        return members.isEmpty() ? 0 : members.get(0).size();
    }

    /**
     * (c + 20·0.15)/(n + 20) with c members of the largest group among n peers. The prior keeps small numbers from
     * extreme shares.
     */
    double topShare() {
        return smoothed(largest(), total());
    }

    private static double smoothed(int largest, int total) {
        return (largest + PRIOR_PEERS * PRIOR_SHARE) / (total + PRIOR_PEERS);
    }

    /**
     * Unbiased Herfindahl-Hirschman (Simpson) index Σc(c−1)/(n(n−1)): the probability that two peers taken at random
     * share a group.
     */
    double hhi() {
        double n = total();
        double pairs = members.stream().mapToDouble(group -> (double) group.size() * (group.size() - 1)).sum();
        return n < 2 ? 0 : pairs / (n * (n - 1));
    }
}
