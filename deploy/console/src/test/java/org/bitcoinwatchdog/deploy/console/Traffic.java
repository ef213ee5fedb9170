package org.bitcoinwatchdog.deploy.console;

import com.google.protobuf.ByteString;
import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.AddressNetwork;
import org.bitcoinwatchdog.events.Addresses;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.ConnectionType;
import org.bitcoinwatchdog.events.EndedConnection;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NetworkAddress;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.OpenedConnection;
import org.bitcoinwatchdog.events.Peer;
import org.bitcoinwatchdog.events.PeerNetwork;
import org.bitcoinwatchdog.events.Version;

/** Events of one node, written by hand; times are seconds after {@link #BEGIN_S}. */
public final class Traffic {
    public static final long BEGIN_S = 1_795_361_549L;

    private final String node;
    private long sequence;

    public Traffic(String node) {
        this.node = node;
    }

    public NodeEvent opened(double second, long peer, String address) {
        return event(second).setInboundConnection(OpenedConnection.newBuilder().setPeer(peer(peer, address))
                .setNetwork(PeerNetwork.PEER_NETWORK_IPV4).setConnections(1)).build();
    }

    public NodeEvent closed(double second, long peer, String address) {
        return event(second).setClosedConnection(EndedConnection.newBuilder().setPeer(peer(peer, address))
                .setConnectedAtS(BEGIN_S)).build();
    }

    public NodeEvent received(double second, long peer, String address, String type) {
        return event(second).setInboundMessage(
                Message.newBuilder().setPeer(peer(peer, address)).setType(type).setSizeBytes(37)).build();
    }

    public NodeEvent version(double second, long peer, String address, String userAgent) {
        return event(second).setInboundMessage(Message.newBuilder().setPeer(peer(peer, address)).setType("version")
                .setSizeBytes(120).setVersion(Version.newBuilder().setProtocolVersion(70016).setUserAgent(userAgent))).build();
    }

    public NodeEvent addresses(double second, long peer, String address, int... ipv4) {
        Addresses.Builder addresses = Addresses.newBuilder().setCount(ipv4.length);
        for (int ip : ipv4) {
            addresses.addEntries(AddressEntry.newBuilder().setTimeS((int) (BEGIN_S + second)).setAddress(NetworkAddress.newBuilder()
                    .setNetwork(AddressNetwork.ADDRESS_NETWORK_IPV4).setPort(8333)
                    .setAddress(ByteString.copyFrom(new byte[] {(byte) (ip >> 24), (byte) (ip >> 16), (byte) (ip >> 8), (byte) ip}))));
        }
        return event(second).setInboundMessage(Message.newBuilder().setPeer(peer(peer, address)).setType("addrv2")
                .setSizeBytes(16L * ipv4.length).setAddresses(addresses)).build();
    }

    public NodeEvent block(double second, int height) {
        byte[] hash = new byte[32];
        hash[0] = (byte) height;
        return event(second).setBlockConnected(
                BlockConnected.newBuilder().setHash(ByteString.copyFrom(hash)).setHeight(height).setTransactions(1)).build();
    }

    public NodeEvent.Builder event(double second) {
        return NodeEvent.newBuilder().setNode(node).setNetwork("main").setEpoch(BEGIN_S * 1_000_000_000L).setSequence(sequence++)
                .setObservedAtNs(BEGIN_S * 1_000_000_000L + (long) (second * 1e9));
    }

    private static Peer peer(long id, String address) {
        return Peer.newBuilder().setId(id).setAddress(address).setConnectionType(ConnectionType.CONNECTION_TYPE_INBOUND).build();
    }
}
