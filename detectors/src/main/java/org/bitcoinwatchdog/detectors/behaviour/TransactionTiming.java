package org.bitcoinwatchdog.detectors.behaviour;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.network.AddressText;
import org.bitcoinwatchdog.detectors.network.Netgroup;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Peer;

/**
 * How long the node took for each transaction that a peer sent: from the message until the mempool took or rejected it.
 * The payload of a tx message is not captured, so its txid is not known. The order tells which event belongs to it: Core
 * handles all messages in one thread (ProcessMessages, net_processing.cpp), and accepts or rejects the transaction before it
 * handles or sends another message. A message without such an event before the next one was known already, or is an orphan.
 *
 * <p>A block or a flush in between is work of another thread that the message waited for, and is not the transaction's.
 */
final class TransactionTiming {
    private static final int REMEMBERED = 64;

    /** @param sender the peer's address without the port, by which a peer that comes back is recognized */
    record Validated(String sender, long tookNs) {
    }

    /** @param sender hash of its text, which is enough to leave one of them out */
    private record Took(int sender, long ns) {
    }

    /** Of the message that is being handled, empty where it is no transaction. */
    private String sender = "";
    private long receivedAtNs;
    private final Deque<Took> last = new ArrayDeque<>();
    private boolean changed;

    static boolean takes(NodeEvent.BodyCase body) {
        return switch (body) {
            case INBOUND_MESSAGE, OUTBOUND_MESSAGE, MEMPOOL_ADDED, MEMPOOL_REJECTED, BLOCK_CONNECTED, UTXO_CACHE_FLUSH -> true;
            default -> false;
        };
    }

    /** @param knownSinceNs since when no message was missed */
    Optional<Validated> take(NodeEvent event, long nowNs, long knownSinceNs) {
        changed = !sender.isEmpty();
        return switch (event.getBodyCase()) {
            case INBOUND_MESSAGE -> received(event.getInboundMessage(), nowNs);
            case MEMPOOL_ADDED, MEMPOOL_REJECTED -> decided(nowNs, knownSinceNs);
            case OUTBOUND_MESSAGE, BLOCK_CONNECTED, UTXO_CACHE_FLUSH -> forget();
            default -> Optional.empty();
        };
    }

    private Optional<Validated> received(Message message, long nowNs) {
        boolean transaction = message.getType().equals("tx");
        sender = transaction ? sender(message.getPeer()) : "";
        receivedAtNs = nowNs;
        changed |= transaction;
        return Optional.empty();
    }

    /** A local peer is a proxy or the operator, so each of its connections counts by itself. */
    private static String sender(Peer peer) {
        String address = peer.getAddress();
        boolean routable = AddressText.parse(address).flatMap(Netgroup::of).isPresent();
        int port = address.lastIndexOf(':');
        return routable && port > 0 ? address.substring(0, port) : address + " (peer " + peer.getId() + ")";
    }

    private Optional<Validated> decided(long nowNs, long knownSinceNs) {
        if (sender.isEmpty() || knownSinceNs > receivedAtNs || nowNs < receivedAtNs) {
            return forget();
        }
        Validated validated = new Validated(sender, nowNs - receivedAtNs);
        last.addLast(new Took(sender.hashCode(), validated.tookNs()));
        if (last.size() > REMEMBERED) {
            last.removeFirst();
        }
        sender = "";
        return Optional.of(validated);
    }

    private Optional<Validated> forget() {
        sender = "";
        return Optional.empty();
    }

    /** Whether the last event changed anything. */
    boolean changed() {
        return changed;
    }

    /** Of the last transactions of all other senders; 0 where there are none. */
    long medianNsWithout(String sender) {
        long[] took = last.stream().filter(each -> each.sender() != sender.hashCode()).mapToLong(Took::ns).sorted().toArray();
        return took.length == 0 ? 0 : took[took.length / 2];
    }

    void clear() {
        sender = "";
        last.clear();
    }

    void save(StateWriter out) {
        out.text(sender).number(receivedAtNs).each(last, (each, to) -> to.number(each.sender()).number(each.ns()));
    }

    void restore(StateReader in) {
        sender = in.text();
        receivedAtNs = in.number();
        in.each(from -> last.addLast(new Took(from.integer(), from.number())));
    }
}
