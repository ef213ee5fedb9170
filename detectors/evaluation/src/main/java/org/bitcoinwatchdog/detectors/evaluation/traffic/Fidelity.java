package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.time.Duration;

/**
 * How much of the traffic is made up one by one. The fast form leaves out what no rule that warns or pages reads singly:
 * most tx, inv, getdata and mempool calls, nine heartbeats of ten, and of most inbound peers every message but each
 * second ping, by which the rules know that they are still there. For years without an incident there is a sparse one. And pings, addresses and bulk come together with
 * heartbeats, since rules are asked for each second in which anything happens.
 *
 * @param heartbeat  between two heartbeats
 * @param pingShare  share of the inbound peers whose pings and pongs are all generated; outbound peers' always are
 * @param sign       between two pings of all other inbound peers
 * @param bulkShare  share of tx, inv, getdata and mempool calls that is generated
 */
public record Fidelity(Duration heartbeat, double pingShare, Duration sign, double bulkShare) {
    public static final Fidelity FULL = new Fidelity(Duration.ofSeconds(1), 1, Duration.ofMinutes(4), 1);
    public static final Fidelity FAST = new Fidelity(Duration.ofSeconds(10), 0.1, Duration.ofMinutes(4), 0.004);
    public static final Fidelity SPARSE = new Fidelity(Duration.ofSeconds(30), 0.02, Duration.ofMinutes(12), 0.002);

    public Fidelity {
        if (heartbeat.compareTo(Duration.ofMillis(100)) < 0 || heartbeat.compareTo(Duration.ofSeconds(30)) > 0) {
            throw new IllegalArgumentException("heartbeats come every 100 ms to 30 s");
        }
        if (!(pingShare >= 0 && pingShare <= 1 && bulkShare >= 0 && bulkShare <= 1)) {
            throw new IllegalArgumentException("shares lie between 0 and 1");
        }
    }

    /** Between the moments at which what need not be exact happens. */
    long gridUs() {
        return bulkShare == 1 ? 1 : heartbeat.toNanos() / 1_000;
    }
}
