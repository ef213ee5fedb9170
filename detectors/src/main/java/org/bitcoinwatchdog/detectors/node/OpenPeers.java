package org.bitcoinwatchdog.detectors.node;

import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Peers by their id, in the order in which they came. Every message needs a lookup. With many nodes the map's entries
 * are not in the processor's caches, so peers with recent ids are found by index.
 */
final class OpenPeers {
    /** Twice the connections that Core has by default; a power of two. */
    private static final int RECENT = 256;

    private final Map<Long, Peer> all = new LinkedHashMap<>();
    /** Each peer stands at the lowest bits of its id. Of two with the same bits, the one looked up last is kept. */
    private final Peer[] recent = new Peer[RECENT];

    /** Null if there is none. */
    Peer get(long id) {
        Peer peer = recent[index(id)];
        if (peer != null && peer.id() == id) {
            return peer;
        }
        Peer found = all.get(id);
        if (found != null) {
            recent[index(id)] = found;
        }
        return found;
    }

    void put(Peer peer) {
        all.put(peer.id(), peer);
        recent[index(peer.id())] = peer;
    }

    /** Null if there was none. */
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
        Arrays.fill(recent, null);
    }

    Collection<Peer> values() {
        return all.values();
    }

    private void forget(long id) {
        Peer peer = recent[index(id)];
        if (peer != null && peer.id() == id) {
            recent[index(id)] = null;
        }
    }

    private static int index(long id) {
        return (int) id & RECENT - 1;
    }
}
