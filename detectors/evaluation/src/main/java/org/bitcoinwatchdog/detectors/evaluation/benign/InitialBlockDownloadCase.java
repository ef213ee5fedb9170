package org.bitcoinwatchdog.detectors.evaluation.benign;

import com.google.protobuf.ByteString;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Block;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Disturbance;
import org.bitcoinwatchdog.detectors.evaluation.traffic.RandomSource;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeTraffic;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TrafficMinute;
import org.bitcoinwatchdog.detectors.evaluation.traffic.TimeSpan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.Traced;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.Headers;
import org.bitcoinwatchdog.events.Message;

/**
 * node-0 starts from an empty chain and connects three years of blocks in two hours, with the headers ahead of them.
 */
final class InitialBlockDownloadCase implements Disturbance {
    private static final int MINUTES = 120;
    private static final int BLOCKS_PER_MINUTE = 1_200;
    private static final int BITS = 0x17053894;
    private static final long BLOCK_S = 600;

    private final RandomSource random = new RandomSource(1);
    private final TimeSpan download;
    private final TimeSpan away;
    private Block last;
    private ByteString previous = random.hash();

    InitialBlockDownloadCase(TimeSpan span) {
        away = new TimeSpan(span.beginUs(), span.beginUs() + 5 * TrafficMinute.LENGTH_US);
        download = new TimeSpan(away.endUs(), away.endUs() + MINUTES * TrafficMinute.LENGTH_US);
    }

    @Override
    public long blockReaches(NodeTraffic node, Block block, long atUs) {
        boolean before = node.index() == 0 && atUs >= away.beginUs() && atUs < download.endUs();
        return before ? download.endUs() : headerReaches(node, block, atUs);
    }

    @Override
    public boolean downloads(NodeTraffic node, long atUs) {
        return node.index() == 0 && download.contains(atUs);
    }

    @Override
    public void act(NodeTraffic node, TrafficMinute minute) {
        if (node.index() != 0) {
            return;
        }
        if (away.beginsIn(minute)) {
            last = node.tip();
            node.stop(minute);
        } else if (away.endsIn(minute)) {
            node.start(minute, 0);
        }
        if (download.contains(minute.fromUs())) {
            connect(node, minute);
        }
    }

    private void connect(NodeTraffic node, TrafficMinute minute) {
        int done = (int) ((minute.fromUs() - download.beginUs()) / TrafficMinute.LENGTH_US) * BLOCKS_PER_MINUTE;
        Headers.Builder headers = Headers.newBuilder().setCount(BLOCKS_PER_MINUTE);
        for (int i = 0; i < BLOCKS_PER_MINUTE; i++) {
            int left = MINUTES * BLOCKS_PER_MINUTE - done - i - 1;
            ByteString hash = left == 0 ? last.hash() : random.hash();
            headers.addHeaders(BlockHeader.newBuilder()
                    .setHash(hash)
                    .setPreviousHash(previous)
                    .setTimeS((int) (last.atUs() / 1_000_000 - left * BLOCK_S))
                    .setBits(BITS)
                    .setProofOfWorkValid(true));
            previous = hash;
            minute.add(minute.fromUs() + (i + 1) * (TrafficMinute.LENGTH_US / (BLOCKS_PER_MINUTE + 1)), Traced.BLOCK_CONNECTED,
                    BlockConnected.newBuilder().setHash(hash).setHeight(last.height() - left).setTransactions(2_000)
                            .setDurationNs(30_000_000).build());
        }
        minute.add(minute.fromUs(), Traced.INBOUND_MESSAGE, Message.newBuilder()
                .setPeer(node.anyPeer()).setType("headers").setSizeBytes(81L * BLOCKS_PER_MINUTE)
                .setHeaders(headers).build());
    }
}
