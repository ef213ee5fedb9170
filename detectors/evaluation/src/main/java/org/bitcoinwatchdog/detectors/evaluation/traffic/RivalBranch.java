package org.bitcoinwatchdog.detectors.evaluation.traffic;

import com.google.protobuf.ByteString;
import java.util.List;
import org.bitcoinwatchdog.events.BlockHeader;

/** Other miners refuse the tip of the fleet, and extend a branch from the block before it. A peer of each node announces its headers. */
public final class RivalBranch {
    private static final int HEADERS_BYTES = 82;

    private final List<Long> blocksUs;
    private final RandomSource random = new RandomSource(961_632);
    private final Block[] blocks;

    /** @param blocksUs when its blocks are found, the first one beside the tip of the first node that hears of it */
    public RivalBranch(List<Long> blocksUs) {
        this.blocksUs = List.copyOf(blocksUs);
        blocks = new Block[blocksUs.size()];
    }

    /** To be called for each node and minute. */
    public void announce(NodeTraffic node, TrafficMinute minute) {
        for (int i = 0; i < blocks.length; i++) {
            long atUs = blocksUs.get(i);
            if (atUs >= minute.fromUs() && atUs < minute.toUs()) {
                blocks[i] = blocks[i] == null ? block(i, node, atUs) : blocks[i];
                minute.add(atUs, Traced.INBOUND_MESSAGE,
                        Messages.of(node.anyPeer(), "headers", HEADERS_BYTES).setHeaders(blocks[i].headers()).build());
            }
        }
    }

    private Block block(int i, NodeTraffic node, long atUs) {
        ByteString parent = i == 0 ? node.tip().previous() : blocks[i - 1].hash();
        return Block.of(i == 0 ? node.height() : blocks[i - 1].height() + 1, Block.COMMON, atUs, random.hash(), parent);
    }

    public long lastUs() {
        return blocksUs.get(blocksUs.size() - 1);
    }
}
