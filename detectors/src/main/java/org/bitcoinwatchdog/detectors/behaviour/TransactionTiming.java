package org.bitcoinwatchdog.detectors.behaviour;

import java.util.ArrayDeque;
import java.util.Deque;
import org.bitcoinwatchdog.detectors.network.AddressText;
import org.bitcoinwatchdog.detectors.network.Netgroup;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Peer;

/**
 * How long the node took for each transaction that a peer sent: from the message until the mempool took or rejected it.
 * The payload of a tx message is not captured, so its txid is not known. The order shows which event belongs to it:
 * Core handles all messages in one thread (ProcessMessages, net_processing.cpp), and accepts or rejects the transaction
 * before it handles or sends another message. If no such event comes before the next message, the transaction was known
 * already or is an orphan.
 *
 * <p>A block or a flush in between is the work of another thread, so such a time does not count.
 */
final class TransactionTiming {
    private static final int REMEMBERED = 64;
    private static final long NONE = -1;

    /**
     * The sender of a transaction. Formatting it costs more than all other work for a transaction, and is rarely
     * needed.
     */
    private static final class TransactionSender {
        private final Peer peer;
        private String text;

        private TransactionSender(Peer peer, String text) {
            this.peer = peer;
            this.text = text;
        }

        private String text() {
            if (text == null) {
                text = sender(peer);
            }
            return text;
        }
    }

    /** How long a transaction took. After a restart only the hash of its sender is known, which is enough to leave one out. */
    private record Took(TransactionSender sender, int restoredSender, long ns) {
        private int senderHash() {
            return sender == null ? restoredSender : sender.text().hashCode();
        }
    }

    /** The message that is being handled; null if it is not a transaction. */
    private TransactionSender pending;
    private long receivedAtNs;
    private final Deque<Took> last = new ArrayDeque<>();
    private boolean changed;

    static boolean takes(NodeEvent.BodyCase body) {
        return switch (body) {
            case INBOUND_MESSAGE, OUTBOUND_MESSAGE, MEMPOOL_ADDED, MEMPOOL_REJECTED, BLOCK_CONNECTED, UTXO_CACHE_FLUSH -> true;
            default -> false;
        };
    }

    /**
     * @param knownSinceNs start of the time without missed messages
     * @return how long the transaction decided by this event took; -1 if the event decides none
     */
    long take(NodeEvent event, long nowNs, long knownSinceNs) {
        changed = pending != null;
        return switch (event.getBodyCase()) {
            case INBOUND_MESSAGE -> received(event.getInboundMessage(), nowNs);
            case MEMPOOL_ADDED, MEMPOOL_REJECTED -> decided(nowNs, knownSinceNs);
            case OUTBOUND_MESSAGE, BLOCK_CONNECTED, UTXO_CACHE_FLUSH -> forget();
            default -> NONE;
        };
    }

    private long received(Message message, long nowNs) {
        boolean transaction = message.getType().equals("tx");
        pending = transaction ? new TransactionSender(message.getPeer(), null) : null;
        receivedAtNs = nowNs;
        changed |= transaction;
        return NONE;
    }

    /** The sender of the last transaction that was decided: its address without the port, by which a peer that comes back is recognized. */
    String lastSender() {
        return last.getLast().sender().text();
    }

    /** A local peer is a proxy or the operator, so each of its connections counts by itself. */
    private static String sender(Peer peer) {
        String address = peer.getAddress();
        boolean routable = AddressText.parse(address).flatMap(Netgroup::of).isPresent();
        int port = address.lastIndexOf(':');
        return routable && port > 0 ? address.substring(0, port) : address + " (peer " + peer.getId() + ")";
    }

    private long decided(long nowNs, long knownSinceNs) {
        if (pending == null || knownSinceNs > receivedAtNs || nowNs < receivedAtNs) {
            return forget();
        }
        last.addLast(new Took(pending, 0, nowNs - receivedAtNs));
        if (last.size() > REMEMBERED) {
            last.removeFirst();
        }
        pending = null;
        return nowNs - receivedAtNs;
    }

    private long forget() {
        pending = null;
        return NONE;
    }

    /** Whether the last event changed anything. */
    boolean changed() {
        return changed;
    }

    /** The median time of the last transactions of all other senders; 0 without any. */
    long medianNsWithout(String sender) {
        long[] took = last.stream().filter(each -> each.senderHash() != sender.hashCode()).mapToLong(Took::ns).sorted().toArray();
        return took.length == 0 ? 0 : took[took.length / 2];
    }

    void clear() {
        pending = null;
        last.clear();
    }

    void save(StateWriter out) {
        out.text(pending == null ? "" : pending.text()).number(receivedAtNs).each(last, (each, to) -> to.number(each.senderHash()).number(each.ns()));
    }

    void restore(StateReader in) {
        String sender = in.text();
        pending = sender.isEmpty() ? null : new TransactionSender(null, sender);
        receivedAtNs = in.number();
        in.each(from -> last.addLast(new Took(null, from.integer(), from.number())));
    }
}
