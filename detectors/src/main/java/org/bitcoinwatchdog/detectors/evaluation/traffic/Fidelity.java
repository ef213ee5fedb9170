package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.time.Duration;

/**
 * How much of the traffic is made up one by one. The fast form leaves out what no rule that warns or pages reads singly:
 * most tx, inv, getdata and mempool calls, nine heartbeats of ten, and of most inbound peers every message but each
 * second ping, by which the rules know that they are still there.
 *
 * @param heartbeat  between two heartbeats
 * @param pingShare  share of the inbound peers whose pings and pongs are all generated; outbound peers' always are
 * @param bulkShare  share of tx, inv, getdata and mempool calls that is generated
 * @param blocksOnly nothing but heartbeats and blocks, for replays of real arrivals
 */
public record Fidelity(Duration heartbeat, double pingShare, double bulkShare, boolean blocksOnly) {
    public static final Fidelity FULL = new Fidelity(Duration.ofSeconds(1), 1, 1, false);
    public static final Fidelity FAST = new Fidelity(Duration.ofSeconds(10), 0.1, 0.004, false);
    public static final Fidelity BLOCKS_ONLY = new Fidelity(Duration.ofSeconds(10), 0, 0, true);

    public Fidelity {
        if (heartbeat.compareTo(Duration.ofMillis(100)) < 0 || heartbeat.compareTo(Duration.ofSeconds(30)) > 0) {
            throw new IllegalArgumentException("heartbeats come every 100 ms to 30 s");
        }
        if (!(pingShare >= 0 && pingShare <= 1 && bulkShare >= 0 && bulkShare <= 1)) {
            throw new IllegalArgumentException("shares lie between 0 and 1");
        }
    }
}
