package org.bitcoinwatchdog.detectors.evaluation.traffic;

import java.time.Duration;

/**
 * How much of the traffic is generated call by call. The fast form omits calls that no warning or paging rule reads
 * singly. These are most tx, inv, getdata and mempool calls and nine heartbeats of ten. Of most inbound peers it keeps
 * only every second ping, which shows that they are still connected. A sparse form serves for years without an
 * incident. Pings, addresses and bulk messages come together with heartbeats, since rules run in each second in which
 * anything happens.
 *
 * @param heartbeat  time between two heartbeats
 * @param pingShare  share of the inbound peers whose pings and pongs are all generated; outbound peers' always are
 * @param sign       time between two pings of the other inbound peers
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

    /** Interval of the moments at which inexact calls happen. */
    long gridUs() {
        return bulkShare == 1 ? 1 : heartbeat.toNanos() / 1_000;
    }
}
