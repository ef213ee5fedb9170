package org.bitcoinwatchdog.detectors.addresses;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.ConnectionType;

/** The peers that sent addresses: open ones, and closed ones whose discarded entries are still in the window. */
final class Senders {
    private static final int MOST_GONE = 128;

    private final Duration window;
    private final Map<Long, Sender> open = new LinkedHashMap<>();
    private final Deque<Sender> gone = new ArrayDeque<>();
    private long tidiedVanished = -1;

    Senders(Duration window) {
        this.window = window;
    }

    Sender of(org.bitcoinwatchdog.events.Peer peer, NodeContext node) {
        Sender sender = open.computeIfAbsent(peer.getId(), id -> {
            long openedAtNs = node.peers().find(id).map(org.bitcoinwatchdog.detectors.node.Peer::openedAtNs).orElse(0L);
            TokenBucket bucket = openedAtNs == 0
                    ? TokenBucket.ofUnknownPeer(node.nowNs())
                    : TokenBucket.ofNewPeer(openedAtNs);
            if (openedAtNs != 0 && peer.getConnectionType() != ConnectionType.CONNECTION_TYPE_INBOUND) {
                bucket.getaddrSent(); // Core sends it to every peer that it connects to, and the agent may have missed it
            }
            return new Sender(id, peer.getAddress(), bucket, window);
        });
        sender.bucket().missedUntil(node.continuity().messagesKnownSinceNs());
        return sender;
    }

    /** @return whether it had sent any */
    boolean ended(long id, long nowNs) {
        Sender sender = open.remove(id);
        if (sender != null && sender.discarded(nowNs) > 0) {
            gone.addLast(sender);
            forgetTheLeast(nowNs);
        }
        return sender != null;
    }

    /**
     * Closes peers whose end was missed, and forgets closed peers that have no entry in the window.
     *
     * @return whether there were any
     */
    boolean tidy(NodeContext node) {
        List<Long> missed = List.of();
        if (node.peers().vanished() != tidiedVanished) {
            missed = open.keySet().stream().filter(id -> node.peers().find(id).isEmpty()).toList();
            missed.forEach(id -> ended(id, node.nowNs()));
            tidiedVanished = node.peers().vanished();
        }
        return gone.removeIf(sender -> sender.discarded(node.nowNs()) == 0) || !missed.isEmpty();
    }

    /** Another process of bitcoind has other peers. */
    void clear() {
        open.clear();
        gone.clear();
    }

    Stream<Sender> all() {
        return Stream.concat(open.values().stream(), gone.stream());
    }

    /** The peers whose entries Core discards within the window, the one with most of them first. */
    List<Sender> overLimit(long nowNs) {
        return all().filter(sender -> sender.discarded(nowNs) > 0)
                .sorted(Comparator.comparingLong((Sender sender) -> sender.discarded(nowNs)).reversed()).toList();
    }

    /** The number of peers that had at least that many entries discarded within the window. */
    int over(long entries, long nowNs) {
        int over = 0;
        for (Sender sender : open.values()) {
            over += sender.discarded(nowNs) >= entries ? 1 : 0;
        }
        for (Sender sender : gone) {
            over += sender.discarded(nowNs) >= entries ? 1 : 0;
        }
        return over;
    }

    boolean isEmpty() {
        return open.isEmpty() && gone.isEmpty();
    }

    private void forgetTheLeast(long nowNs) {
        if (gone.size() > MOST_GONE) {
            gone.stream().min(Comparator.comparingLong(sender -> sender.discarded(nowNs)))
                    .ifPresent(gone::remove);
        }
    }

    void save(StateWriter out) {
        out.each(open.values(), Sender::save).each(gone, Sender::save);
    }

    void restore(StateReader in, int version) {
        in.each(from -> {
            Sender sender = Sender.restore(from, version, window);
            open.put(sender.id, sender);
        });
        in.each(from -> gone.addLast(Sender.restore(from, version, window)));
    }
}
