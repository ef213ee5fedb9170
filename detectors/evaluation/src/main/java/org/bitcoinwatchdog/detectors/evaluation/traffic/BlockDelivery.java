package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeKind.MessageMetric;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.BlockTransactions;
import org.bitcoinwatchdog.events.Message;

/** When and from which peer a node hears of each block, and when it connects it. */
final class BlockDelivery {
    /** Benign lag: 0 s at the median, 13 s at the 99th percentile, 18 s at 99.5: an exponential tail. */
    private static final double TAIL_MEAN_US = 5e6 / Math.log(2);
    private static final double TAIL_SHARE = 0.01 * Math.exp(13e6 / TAIL_MEAN_US);
    private static final double PROMPT_US = 0.6e6;
    private static final double BLOCKS_PER_HOUR = 6;
    private static final int HEADERS_BYTES = 82;
    private static final int COMPACT_BYTES = 20_000;
    /** The agent asks a witness for its tip about this often. */
    private static final double POLL_US = 10e6;

    /** A block on its way to this node. */
    private static final class Underway {
        final Block block;
        final long lagUs;
        boolean announced;

        Underway(Block block, long lagUs) {
            this.block = block;
            this.lagUs = lagUs;
        }
    }

    private final RandomSource random;
    private final Intensity headers;
    private final Intensity compact;
    private final Intensity missing;
    private final List<Underway> underway = new ArrayList<>();
    private long lastConnectUs;
    private double headersNow;
    private double compactNow;
    private double missingNow;
    private final boolean witness;
    private int toldHeight;

    BlockDelivery(NodeKind kind, RandomSource random) {
        this.random = random;
        witness = kind == NodeKind.WITNESS;
        headers = new Intensity(kind.figures(MessageMetric.HEADERS), 1 / BLOCKS_PER_HOUR, null, random.split());
        compact = new Intensity(kind.figures(MessageMetric.CMPCTBLOCK), 1 / BLOCKS_PER_HOUR, null, random.split());
        missing = new Intensity(kind.figures(MessageMetric.GETBLOCKTXN), 1 / BLOCKS_PER_HOUR, null, random.split());
    }

    void hear(List<Block> blocks) {
        for (Block block : blocks) {
            double lag = random.chance(TAIL_SHARE) ? random.exponential(TAIL_MEAN_US) : random.uniform() * PROMPT_US;
            underway.add(new Underway(block, (long) (witness ? lag + random.uniform() * POLL_US : lag)));
        }
    }

    /** While the node is down, its rates still advance in time. */
    void fill(NodeTraffic node, TrafficMinute slice, Disturbance disturbance, int winner) {
        headersNow = headers.next(slice.fromUs());
        compactNow = compact.next(slice.fromUs());
        missingNow = missing.next(slice.fromUs());
        boolean split = disturbance.splits(slice.fromUs());
        int branch = split ? disturbance.side(node) : winner;
        boolean inOrder = true;
        for (Iterator<Underway> blocks = underway.iterator(); blocks.hasNext(); ) {
            Underway next = blocks.next();
            if (next.block.branch() != Block.COMMON && next.block.branch() != branch) {
                hearOfOtherBranch(node, slice, next);
                if (!split) {
                    blocks.remove();
                }
                continue;
            }
            long headerUs = Math.max(Math.max(next.block.atUs() + next.lagUs, node.upSinceUs() + 20_000_000),
                    disturbance.headerReaches(node, next.block, slice.fromUs()));
            if (headerUs >= slice.toUs()) {
                inOrder = false;
                continue;
            }
            if (!next.announced && !witness) {
                next.announced = true;
                toldHeight = Math.max(toldHeight, next.block.height());
                announce(node, slice, next.block, Math.max(headerUs, slice.fromUs()));
            }
            long blockUs = Math.max(Math.max(headerUs, slice.fromUs()),
                    disturbance.blockReaches(node, next.block, slice.fromUs()));
            inOrder = inOrder && blockUs < slice.toUs();
            if (inOrder) {
                connect(node, slice, next.block, Math.max(blockUs, lastConnectUs) + 120_000);
                blocks.remove();
            }
        }
    }

    /** One peer announces each block of the branch that the node does not follow. */
    private void hearOfOtherBranch(NodeTraffic node, TrafficMinute slice, Underway next) {
        long heardUs = Math.max(next.block.atUs() + next.lagUs, slice.fromUs());
        if (!next.announced && !witness && heardUs < slice.toUs()) {
            next.announced = true;
            slice.add(heardUs, Traced.INBOUND_MESSAGE,
                    Messages.of(node.anyPeer(), "headers", HEADERS_BYTES).setHeaders(next.block.headers()).build());
        }
    }

    /** Of the highest block of the node's chain that was announced to it. */
    int toldHeight() {
        return toldHeight;
    }

    private void connect(NodeTraffic node, TrafficMinute slice, Block block, long atUs) {
        lastConnectUs = atUs;
        BlockConnected.Builder connected = BlockConnected.newBuilder().setHash(block.hash()).setHeight(block.height());
        node.connected(block);
        if (witness) {
            slice.add(atUs, Traced.BLOCK_CONNECTED, connected.setHeader(block.header()).build());
            return;
        }
        slice.add(atUs, Traced.BLOCK_CONNECTED, connected
                .setTransactions(3_000)
                .setInputs(7_000)
                .setSigops(15_000)
                .setDurationNs((long) (80e6 * Math.exp(0.4 * random.gaussian())))
                .build());
    }

    private void announce(NodeTraffic node, TrafficMinute slice, Block block, long atUs) {
        int compacts = Math.max(1, random.poisson(compactNow / BLOCKS_PER_HOUR));
        for (int i = 0; i < compacts; i++) {
            tell(node, slice, atUs, i, Messages.of(node.anyPeer(), "cmpctblock", COMPACT_BYTES).setBlock(block.announced()));
        }
        int others = random.poisson(headersNow / BLOCKS_PER_HOUR);
        for (int i = 1; i <= others; i++) {
            tell(node, slice, atUs, i, Messages.of(node.anyPeer(), "headers", HEADERS_BYTES).setHeaders(block.headers()));
        }
        int incomplete = random.poisson(missingNow / BLOCKS_PER_HOUR);
        for (int i = 0; i < incomplete; i++) {
            slice.add(atUs + 20_000, Traced.OUTBOUND_MESSAGE, Messages.of(node.anyPeer(), "getblocktxn", 60)
                    .setBlockTransactions(BlockTransactions.newBuilder().setBlockHash(block.hash()).setCount(8))
                    .build());
        }
    }

    /** The first announcement comes in. Of the others, half come in and half go out. */
    private void tell(NodeTraffic node, TrafficMinute slice, long atUs, int rank, Message.Builder message) {
        boolean incoming = rank == 0 || random.chance(0.6);
        slice.add(rank == 0 ? atUs : atUs + (long) random.exponential(2e6),
                incoming ? Traced.INBOUND_MESSAGE : Traced.OUTBOUND_MESSAGE, message.build());
    }
}
