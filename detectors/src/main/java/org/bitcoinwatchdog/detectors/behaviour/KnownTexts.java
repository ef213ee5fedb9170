package org.bitcoinwatchdog.detectors.behaviour;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;

/**
 * When each of many texts was first seen, by a hash of 64 bits: the texts are chosen by peers and may be long. The
 * number is bounded, and the text unseen for longest is removed first. So each invented text costs a sender a
 * connection.
 */
final class KnownTexts {
    private static final int MOST = 256;

    /** The time of the first sight, by hash; the text seen last is at the end. */
    private final Map<Long, Long> firstSeenNs = new LinkedHashMap<>(16, 0.75f, true);

    long firstSeen(String text, long nowNs) {
        long hash = hash(text);
        Long known = firstSeenNs.get(hash);
        if (known != null) {
            return known;
        }
        if (firstSeenNs.size() >= MOST) {
            Iterator<Long> longest = firstSeenNs.keySet().iterator();
            longest.next();
            longest.remove();
        }
        firstSeenNs.put(hash, nowNs);
        return nowNs;
    }

    /** FNV-1a. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }

    void save(StateWriter out) {
        out.each(firstSeenNs.entrySet(), (entry, to) -> to.number(entry.getKey()).number(entry.getValue()));
    }

    void restore(StateReader in) {
        in.each(from -> firstSeenNs.put(from.number(), from.number()));
    }
}
