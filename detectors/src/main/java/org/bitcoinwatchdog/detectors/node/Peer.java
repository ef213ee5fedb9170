package org.bitcoinwatchdog.detectors.node;

import java.util.Optional;
import java.util.OptionalInt;
import org.bitcoinwatchdog.detectors.network.AddressText;
import org.bitcoinwatchdog.detectors.network.Asmap;
import org.bitcoinwatchdog.detectors.network.Netgroup;
import org.bitcoinwatchdog.detectors.network.NetAddress;
import org.bitcoinwatchdog.events.ConnectionType;

/** An open connection. */
public final class Peer {
    /** A peer may send any text of 256 bytes. */
    private static final int LONGEST_SOFTWARE = 64;

    private final long id;
    private final String address;
    private final ConnectionType type;
    private final long openedAtNs;
    private final Optional<Netgroup> netgroup;
    private final OptionalInt as;
    private long heardAtNs;
    private long usefulAtNs;
    private String software = "";

    Peer(long id, String address, ConnectionType type, long openedAtNs, long heardAtNs, Optional<Asmap> asmap) {
        this.id = id;
        this.address = address;
        this.type = type;
        this.openedAtNs = openedAtNs;
        this.heardAtNs = heardAtNs;
        this.usefulAtNs = heardAtNs;
        Optional<NetAddress> parsed = AddressText.parse(address);
        netgroup = parsed.flatMap(Netgroup::of);
        as = parsed.isPresent() && asmap.isPresent() ? asmap.get().as(parsed.get()) : OptionalInt.empty();
    }

    public long id() {
        return id;
    }

    /** As bitcoind writes it, port included. */
    public String address() {
        return address;
    }

    public ConnectionType type() {
        return type;
    }

    /** When it was opened; 0 if that was before the agent attached. */
    public long openedAtNs() {
        return openedAtNs;
    }

    /** Empty for peers that are not evidence: local, private, or known by name only. */
    public Optional<Netgroup> netgroup() {
        return netgroup;
    }

    public OptionalInt as() {
        return as;
    }

    /** What its version message claims: {@code v31.0.0} for Core, else see NodeSoftware; empty if the message was not seen. */
    public String software() {
        return software;
    }

    void software(String claimed) {
        software = claimed.substring(0, Math.min(claimed.length(), LONGEST_SOFTWARE));
    }

    public boolean inbound() {
        return type == ConnectionType.CONNECTION_TYPE_INBOUND;
    }

    /**
     * Whether it holds one of the slots that Core fills by itself and keeps. Feelers and address fetches last seconds.
     * Manual peers are the operator's choice.
     */
    public boolean holdsOutboundSlot() {
        return type == ConnectionType.CONNECTION_TYPE_OUTBOUND_FULL_RELAY
                || type == ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY;
    }

    /** When it last sent or was sent anything, to half a minute. */
    public long heardAtNs() {
        return heardAtNs;
    }

    void heard(long atNs) {
        heardAtNs = atNs;
    }

    /**
     * When it last sent a transaction, a block, a header, an address, or an announcement of one; before that, when it
     * was first heard.
     */
    public long usefulAtNs() {
        return usefulAtNs;
    }

    void useful(long atNs) {
        usefulAtNs = atNs;
    }

    @Override
    public String toString() {
        return address + " (peer " + id + ")";
    }
}
