package org.bitcoinwatchdog.detectors.evaluation.traffic;

import org.bitcoinwatchdog.events.Inventory;
import org.bitcoinwatchdog.events.InventoryCount;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.Nonce;
import org.bitcoinwatchdog.events.Peer;

/** The P2P messages of the background, with the sizes that they have on the wire. */
final class Messages {
    static final Inventory INVENTORY =
            Inventory.newBuilder().setCount(5).addCounts(InventoryCount.newBuilder().setType(5).setCount(5)).build();
    static final int INVENTORY_BYTES = 1 + 5 * 36;

    private Messages() {
    }

    static Message.Builder of(Peer peer, String type, int bytes) {
        return Message.newBuilder().setPeer(peer).setType(type).setSizeBytes(bytes).setCapturedBytes(bytes);
    }

    static Message ping(Peer peer, long nonce) {
        return of(peer, "ping", 8).setNonce(Nonce.newBuilder().setNonce(nonce)).build();
    }

    static Message pong(Peer peer, long nonce) {
        return of(peer, "pong", 8).setNonce(Nonce.newBuilder().setNonce(nonce)).build();
    }

    /** A message whose payload is not decoded. */
    static Message plain(Peer peer, String type, int bytes) {
        return Message.newBuilder().setPeer(peer).setType(type).setSizeBytes(bytes).build();
    }
}
