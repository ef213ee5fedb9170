package org.bitcoinwatchdog.detectors.node;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Peers by their id, in the order in which they came, and which of them were heard so lately that hearing them again changes
 * nothing. Most messages ask only the latter. With many nodes, the objects of peers are not in the processor's caches; the
 * arrays take three cache lines for 16 peers.
 *
 * <p>The arrays hold whole seconds, so within a second of either limit the answer is no. A node numbers its peers from 0, so
 * the lower half of an id is enough.
 */
final class OpenPeers {
    /** Twice the connections that Core has by default; a power of two. Of two peers with the same lowest bits, the last one stays. */
    private static final int SLOTS = 256;
    private static final long NS_PER_S = 1_000_000_000L;

    private final Map<Long, Peer> all = new LinkedHashMap<>();
    private final int stepS;
    private final int[] ids = new int[SLOTS];
    private final int[] heardAtS = new int[SLOTS];
    private final int[] usefulAtS = new int[SLOTS];

    /** @param step for how long a peer counts as heard lately */
    OpenPeers(Duration step) {
        stepS = (int) step.toSeconds();
    }

    boolean heardLately(long id, long nowNs) {
        return lately(heardAtS, id, nowNs);
    }

    boolean usefulLately(long id, long nowNs) {
        return lately(usefulAtS, id, nowNs);
    }

    private boolean lately(int[] atS, long id, long nowNs) {
        int slot = slot(id);
        int sinceS = (int) (nowNs / NS_PER_S) - atS[slot];
        return ids[slot] == (int) id && sinceS > 0 && sinceS < stepS;
    }

    /** To be called when one of its times has changed; also right if it has not. */
    void note(Peer peer) {
        int slot = slot(peer.id());
        ids[slot] = (int) peer.id();
        heardAtS[slot] = (int) (peer.heardAtNs() / NS_PER_S);
        usefulAtS[slot] = (int) (peer.usefulAtNs() / NS_PER_S);
    }

    /** Null if there is none. */
    Peer get(long id) {
        return all.get(id);
    }

    void put(Peer peer) {
        all.put(peer.id(), peer);
        note(peer);
    }

    /** Null where there was none. */
    Peer remove(long id) {
        forget(id);
        return all.remove(id);
    }

    boolean removeIf(Predicate<Peer> condition) {
        return all.values().removeIf(peer -> {
            boolean removed = condition.test(peer);
            if (removed) {
                forget(peer.id());
            }
            return removed;
        });
    }

    void clear() {
        all.clear();
        Arrays.fill(heardAtS, 0);
        Arrays.fill(usefulAtS, 0);
    }

    Collection<Peer> values() {
        return all.values();
    }

    private void forget(long id) {
        heardAtS[slot(id)] = 0;
        usefulAtS[slot(id)] = 0;
    }

    private static int slot(long id) {
        return (int) id & SLOTS - 1;
    }
}
