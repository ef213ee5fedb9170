package org.bitcoinwatchdog.agent.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.bitcoinwatchdog.events.BlockConnected;

/** Blocks as the node connects them. */
final class BlockMeters {
    private static final Duration[] CONNECT_BOUNDS = NodeMeters.millis(
            10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000);
    private static final double NS_PER_S = 1e9;

    private final Timer connect;
    private final Counter transactions;
    private final Counter inputs;
    private final Counter sigops;
    private volatile BlockConnected last;
    private volatile long lastAtNs;

    BlockMeters(NodeMeters meters) {
        connect = meters.histogram("block.connect", "Duration of connecting a block", CONNECT_BOUNDS);
        transactions = meters.counter("block.transactions", "Transactions in connected blocks");
        inputs = meters.counter("block.inputs", "Inputs in connected blocks");
        sigops = meters.counter("block.sigops", "Signature operations in connected blocks, as Bitcoin Core counts their cost");
        meters.gauge("last.block.height", "Height of the block connected last", () -> of(BlockConnected::getHeight));
        meters.gauge("last.block.connected.timestamp.seconds", "UNIX time at which the last block was connected",
                () -> last == null ? Double.NaN : lastAtNs / NS_PER_S);
        meters.gauge("last.block.transactions", "Transactions in the block connected last",
                () -> of(BlockConnected::getTransactions));
        meters.gauge("last.block.inputs", "Inputs in the block connected last", () -> of(BlockConnected::getInputs));
        meters.gauge("last.block.sigops", "Signature operations in the block connected last",
                () -> of(BlockConnected::getSigops));
    }

    void on(BlockConnected block, long observedAtNs) {
        connect.record(block.getDurationNs(), TimeUnit.NANOSECONDS);
        transactions.increment(block.getTransactions());
        inputs.increment(block.getInputs());
        sigops.increment(block.getSigops());
        lastAtNs = observedAtNs;
        last = block;
    }

    /** Unknown before the first block is connected. */
    private Number of(Function<BlockConnected, Number> figure) {
        BlockConnected block = last;
        return block == null ? Double.NaN : figure.apply(block);
    }
}
