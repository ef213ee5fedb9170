package org.bitcoinwatchdog.detectors.evaluation.traffic;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeKind.MessageMetric;
import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.AddressNetwork;
import org.bitcoinwatchdog.events.Addresses;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NetworkAddress;

/** Addresses that honest peers relay, and the answers to getaddr. */
final class Gossip {
    /** Core answers getaddr with at most 1,000 addresses (MAX_ADDR_TO_SEND). */
    static final int ANSWER = 1_000;
    private static final int ENTRY_BYTES = 30;
    /** The number of addresses seen in a day before July 2021. */
    private static final int KNOWN = 40_000;
    private static final double RECEIVED = 0.6;
    private static final List<NetworkAddress> NETWORK = network();
    private static final Addresses CRAWLED = crawled();

    private final RandomSource random;
    private final Intensity addr;
    private final Intensity addrv2;

    Gossip(NodeKind kind, RandomSource random) {
        this.random = random;
        addr = new Intensity(kind.figures(MessageMetric.ADDR), 0, null, random.split());
        addrv2 = new Intensity(kind.figures(MessageMetric.ADDRV2), 0, null, random.split());
    }

    void fill(NodeTraffic node, TrafficMinute slice) {
        pass(node, slice, "addr", random.poisson(addr.next(slice.fromUs()) / 60));
        pass(node, slice, "addrv2", random.poisson(addrv2.next(slice.fromUs()) / 60));
    }

    private void pass(NodeTraffic node, TrafficMinute slice, String type, int messages) {
        for (int i = 0; i < messages; i++) {
            SimulatedPeer peer = node.connections().any(random);
            if (peer == null) {
                return;
            }
            long at = peer.within(slice, random);
            boolean received = random.chance(RECEIVED);
            int entries = 1 + (int) random.exponential(0.8);
            slice.add(at, received ? Traced.INBOUND_MESSAGE : Traced.OUTBOUND_MESSAGE,
                    message(peer, type, received ? fresh(entries, at) : CRAWLED, entries));
        }
    }

    /** Our getaddr, and the peer's answer of 1,000 addresses at once. */
    void ask(SimulatedPeer peer, long atUs, TrafficMinute slice) {
        slice.add(atUs, Traced.OUTBOUND_MESSAGE, Messages.plain(peer.peer, "getaddr", 0));
        long answeredUs = atUs + (long) random.exponential(5e6);
        if (answeredUs < peer.closesUs) {
            slice.add(answeredUs, Traced.INBOUND_MESSAGE, message(peer, "addrv2", fresh(ANSWER, answeredUs), ANSWER));
        }
    }

    /** A peer's getaddr, and our answer, whose entries no detector reads. */
    void answer(SimulatedPeer peer, long atUs, TrafficMinute slice) {
        slice.add(atUs, Traced.INBOUND_MESSAGE, Messages.plain(peer.peer, "getaddr", 0));
        slice.add(atUs + 1_000, Traced.OUTBOUND_MESSAGE, message(peer, "addrv2", CRAWLED, ANSWER));
    }

    private Message message(SimulatedPeer peer, String type, Addresses addresses, int entries) {
        return Messages.of(peer.peer, type, 3 + entries * ENTRY_BYTES).setAddresses(addresses).build();
    }

    private Addresses fresh(int entries, long atUs) {
        Addresses.Builder addresses = Addresses.newBuilder().setCount(entries);
        int nowS = (int) (atUs / 1_000_000);
        for (int i = 0; i < entries; i++) {
            addresses.addEntries(AddressEntry.newBuilder()
                    .setTimeS(nowS - (int) random.exponential(entries == ANSWER ? 86_400 : 2_000))
                    .setServices(1033)
                    .setAddress(random.pick(NETWORK)));
        }
        return addresses.build();
    }

    private static Addresses crawled() {
        return Addresses.newBuilder().setCount(ANSWER).build();
    }

    private static List<NetworkAddress> network() {
        RandomSource random = new RandomSource(2026);
        List<NetworkAddress> network = new ArrayList<>(KNOWN);
        for (int i = 0; i < KNOWN; i++) {
            boolean onion = i % 3 == 0;
            network.add(NetworkAddress.newBuilder()
                    .setNetwork(onion ? AddressNetwork.ADDRESS_NETWORK_TORV3 : AddressNetwork.ADDRESS_NETWORK_IPV4)
                    .setAddress(onion ? random.hash() : bytes(AddressPlan.INSTANCE.honest(random).ipv4()))
                    .setPort(8333)
                    .build());
        }
        return network;
    }

    static ByteString bytes(int ipv4) {
        return ByteString.copyFrom(
                new byte[] {(byte) (ipv4 >>> 24), (byte) (ipv4 >>> 16), (byte) (ipv4 >>> 8), (byte) ipv4});
    }
}
