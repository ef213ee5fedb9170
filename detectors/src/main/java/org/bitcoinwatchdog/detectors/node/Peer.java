package org.bitcoinwatchdog.detectors.node;

import java.util.Optional;
import java.util.OptionalInt;
import org.bitcoinwatchdog.detectors.network.AddressText;
import org.bitcoinwatchdog.detectors.network.Asmap;
import org.bitcoinwatchdog.detectors.network.Netgroup;
import org.bitcoinwatchdog.detectors.network.NetAddress;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
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

    /** A connection type of a later version counts as unknown. */
    static Peer of(org.bitcoinwatchdog.events.Peer peer, long openedAtNs, long heardAtNs, Optional<Asmap> asmap) {
        ConnectionType type = peer.getConnectionType() == ConnectionType.UNRECOGNIZED
                ? ConnectionType.CONNECTION_TYPE_UNSPECIFIED : peer.getConnectionType();
        return new Peer(peer.getId(), peer.getAddress(), type, openedAtNs, heardAtNs, asmap);
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

    /**
     * Messages that are useful to a node. Announcements count: the node requests a transaction from the first peer that
     * announces it, so nine of ten honest peers come too late.
     */
    static boolean isUseful(String messageType) {
        return switch (messageType) {
            case "inv", "tx", "block", "cmpctblock", "blocktxn", "headers", "addr", "addrv2", "merkleblock", "cfilter",
                    "cfheaders" -> true;
            default -> false;
        };
    }

    void save(StateWriter out) {
        out.number(id).text(address).number(type.getNumber()).number(openedAtNs).number(heardAtNs).number(usefulAtNs).text(software);
    }

    /** @param version of the section of peers */
    static Peer restore(StateReader in, int version, Optional<Asmap> asmap) {
        long id = in.number();
        String address = in.text();
        ConnectionType known = ConnectionType.forNumber(in.integer());
        ConnectionType type = known == null ? ConnectionType.CONNECTION_TYPE_UNSPECIFIED : known;
        Peer peer = new Peer(id, address, type, in.number(), in.number(), asmap);
        if (version >= 2) {
            peer.useful(in.number());
        }
        if (version >= 4) {
            peer.software(in.text());
        }
        return peer;
    }

    @Override
    public String toString() {
        return address + " (peer " + id + ")";
    }
}
