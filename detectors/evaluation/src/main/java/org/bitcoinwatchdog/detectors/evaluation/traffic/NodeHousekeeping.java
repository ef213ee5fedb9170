package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.util.List;
import org.bitcoinwatchdog.events.FlushMode;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.NodeStarted;
import org.bitcoinwatchdog.events.TracepointStatus;
import org.bitcoinwatchdog.events.UtxoCacheFlush;

/** The agent's heartbeats and the hourly flush of the UTXO cache. */
final class NodeHousekeeping {
    private static final String VERSION = "v31.0.0";
    /** Attached, but never called here. */
    private static final List<String> TRACEPOINTS =
            List.of("mempool:replaced", "mempool:rejected");
    private static final long FLUSH_EVERY_US = 3_600_000_000L;

    private final RandomSource random;
    private final long everyUs;
    private final boolean witness;
    private Heartbeat heartbeat = Heartbeat.getDefaultInstance();
    private long startedNs;
    private int pid = 1_000;
    private long beatUs;
    private long flushUs;

    NodeHousekeeping(boolean witness, Fidelity fidelity, RandomSource random) {
        this.witness = witness;
        this.random = random;
        everyUs = fidelity.heartbeat().toNanos() / 1_000;
    }

    /** bitcoind starts. */
    void start(long atUs) {
        startedNs = atUs * 1_000;
        pid++;
        heartbeat = heartbeat();
        beatFrom(atUs);
    }

    /** bitcoind writes its whole cache before it ends. */
    static UtxoCacheFlush lastFlush(long tookUs) {
        return UtxoCacheFlush.newBuilder().setDurationUs(tookUs).setMode(FlushMode.FLUSH_MODE_FORCE_FLUSH)
                .setCoins(30_000_000).setMemoryBytes(4_000_000_000L).build();
    }

    /** The agent attaches at this time. */
    void beatFrom(long atUs) {
        beatUs = atUs + everyUs;
        flushUs = atUs + (long) (random.uniform() * FLUSH_EVERY_US);
    }

    NodeStarted started() {
        if (witness) {
            return NodeStarted.getDefaultInstance();
        }
        return NodeStarted.newBuilder()
                .setPid(pid)
                .setExecutable("/usr/local/bin/bitcoind")
                .setDataDirectory("/var/lib/bitcoind")
                .setBitcoindVersion(VERSION)
                .setBitcoindStartedAtNs(startedNs)
                .build();
    }

    int pid() {
        return pid;
    }

    void fill(TrafficMinute slice) {
        for (; beatUs < slice.toUs(); beatUs += everyUs) {
            slice.add(beatUs, Traced.HEARTBEAT, heartbeat);
        }
        if (flushUs < slice.toUs() && !witness) {
            slice.add(flushUs, Traced.FLUSH, UtxoCacheFlush.newBuilder()
                    .setDurationUs((long) (400_000 * Math.exp(0.5 * random.gaussian())))
                    .setMode(FlushMode.FLUSH_MODE_PERIODIC)
                    .setCoins(400_000)
                    .setMemoryBytes(60_000_000)
                    .build());
            flushUs += FLUSH_EVERY_US;
        }
    }

    private Heartbeat heartbeat() {
        if (witness) {
            return Heartbeat.getDefaultInstance();
        }
        Heartbeat.Builder beat =
                Heartbeat.newBuilder().setPid(pid).setBitcoindVersion(VERSION).setBitcoindStartedAtNs(startedNs);
        TRACEPOINTS.forEach(name ->
                beat.addTracepoints(TracepointStatus.newBuilder().setTracepoint(name).setAttached(true)));
        return beat.build();
    }
}
