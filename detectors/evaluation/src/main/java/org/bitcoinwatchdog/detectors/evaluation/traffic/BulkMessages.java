package org.bitcoinwatchdog.detectors.evaluation.traffic;

import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeKind.MessageMetric;
import org.bitcoinwatchdog.events.MempoolAdded;
import org.bitcoinwatchdog.events.MempoolRemoved;

/** Transactions, their announcements and requests, and the mempool events that follow. */
final class BulkMessages {
    private static final double MEMPOOL_PER_HOUR = 5 * 3_600;
    private static final double REMOVED = 0.02;
    /** Of the transactions that arrive, those that the node did not know. */
    private static final double NEW = 0.6;
    /** How long most take to validate. One in two thousand waits for the disk. */
    private static final double VALIDATED_US = 2_000;
    private static final double DISK = 0.0005;
    private static final double DISK_US = 800_000;

    private final RandomSource random;
    private final Fidelity fidelity;
    private final Demand demand;
    private final Intensity inv;
    private final Intensity tx;
    private final Intensity getdata;
    /** Transactions of this minute that came from peers. */
    private int validated;

    BulkMessages(NodeKind kind, Demand demand, Fidelity fidelity, RandomSource random) {
        this.random = random;
        this.fidelity = fidelity;
        this.demand = demand;
        inv = new Intensity(kind.figures(MessageMetric.INV), 0, demand, random.split());
        tx = new Intensity(kind.figures(MessageMetric.TX), 0, demand, random.split());
        getdata = new Intensity(kind.figures(MessageMetric.GETDATA), 0, demand, random.split());
    }

    void fill(NodeTraffic node, TrafficMinute slice, double factor) {
        validated = 0;
        exchange(node, slice, "inv", inv, factor, 0.6);
        exchange(node, slice, "tx", tx, factor, 0.5);
        exchange(node, slice, "getdata", getdata, factor, 0.4);
        mempool(slice, factor);
    }

    private void exchange(NodeTraffic node, TrafficMinute slice, String type, Intensity rate, double factor, double received) {
        int messages = random.poisson(rate.next(slice.fromUs()) / 60 * factor * fidelity.bulkShare());
        for (int i = 0; i < messages; i++) {
            SimulatedPeer peer = node.connections().any(random);
            if (peer == null) {
                return;
            }
            long atUs = peer.within(slice, random);
            boolean inbound = random.chance(received);
            slice.add(atUs, inbound ? Traced.INBOUND_MESSAGE : Traced.OUTBOUND_MESSAGE,
                    type.equals("tx")
                            ? Messages.plain(peer.peer, type, 400)
                            : Messages.of(peer.peer, type, Messages.INVENTORY_BYTES).setInventory(Messages.INVENTORY).build());
            if (inbound && type.equals("tx") && random.chance(NEW)) {
                added(slice, atUs + validationUs());
                validated++;
            }
        }
    }

    private void mempool(TrafficMinute slice, double factor) {
        double level = Math.exp(0.4 * demand.now()) * (demand.burst() ? 2 : 1);
        int added = random.poisson(MEMPOOL_PER_HOUR / 60 * level * factor * fidelity.bulkShare());
        for (int i = validated; i < added; i++) {
            added(slice, slice.rounded(random.between(slice.fromUs(), slice.toUs())));
        }
    }

    private long validationUs() {
        return (long) (random.chance(DISK) ? random.exponential(DISK_US) : VALIDATED_US * Math.exp(1.2 * random.gaussian()));
    }

    private void added(TrafficMinute slice, long atUs) {
        slice.add(atUs, Traced.MEMPOOL_ADDED,
                MempoolAdded.newBuilder().setTxid(random.hash()).setVsizeVb(200).setFeeSat(1_000).build());
        if (random.chance(REMOVED)) {
            slice.add(atUs + 1_000, Traced.MEMPOOL_REMOVED, MempoolRemoved.newBuilder()
                    .setTxid(random.hash()).setReason("expiry").setVsizeVb(200).setFeeSat(1_000).build());
        }
    }
}
