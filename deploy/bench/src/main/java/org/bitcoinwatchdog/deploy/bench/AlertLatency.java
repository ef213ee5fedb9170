package org.bitcoinwatchdog.deploy.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Producer;
import org.bitcoinwatchdog.alerts.AlertService;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;

/**
 * How long alerts take from {@code watchdog.alerts} to a webhook's socket, at a steady rate that does not wait for them.
 * Each begins, and ends 2 s later; all are pages, grouped by rule, and each group notifies at once.
 *
 * @param groups  into which the alerts fall evenly
 * @param rate    changes of alerts a second
 * @param seconds of the measurement, after a warm-up
 */
record AlertLatency(Map<String, Object> kafka, int groups, int rate, long seconds) {
    private static final long WARM_UP_S = 15;
    private static final int LASTING_S = 2;
    private static final Duration LAST_ARRIVAL = Duration.ofSeconds(30);

    /**
     * @param active        alerts that fired at any time
     * @param written       changes written while it was measured
     * @param tookNs        from when each was due to be written until its notification began to arrive, sorted
     * @param notifications about them, warm-up included
     */
    record LatencyResult(int active, long written, long[] tookNs, long notifications) {
        double milliseconds(double quantile) {
            return tookNs.length == 0 ? Double.NaN
                    : tookNs[Math.min(tookNs.length - 1, (int) (quantile * tookNs.length))] / 1e6;
        }
    }

    /** @throws IOException if no server can be opened on loopback */
    LatencyResult run() throws IOException, InterruptedException {
        Map<String, Long> awaited = new ConcurrentHashMap<>();
        ConcurrentLinkedQueue<Long> took = new ConcurrentLinkedQueue<>();
        try (AlertReceiver receiver = new AlertReceiver((alert, firing, startsAt, now) -> {
                    Long due = awaited.remove(firing + alert);
                    if (due != null) {
                        took.add(now - due);
                    }
                });
                AlertService worker = new AlertService(receiver.settings(Alert.ALERTNAME), kafka, new SimpleMeterRegistry());
                Producer<String, byte[]> producer = SampleAlerts.producer(kafka)) {
            worker.start();
            while (worker.obstacle().isPresent()) {
                Thread.sleep(50);
            }
            write(producer, 0, WARM_UP_S, new ConcurrentHashMap<>());
            long written = write(producer, (int) (rate * WARM_UP_S), seconds, awaited);
            long end = System.nanoTime() + LAST_ARRIVAL.toNanos();
            while (!awaited.isEmpty() && System.nanoTime() - end < 0) {
                Thread.sleep(20);
            }
            return new LatencyResult(active(), written, took.stream().mapToLong(Long::longValue).sorted().toArray(),
                    receiver.notifications());
        }
    }

    private int active() {
        return rate / 2 * LASTING_S;
    }

    /**
     * Open loop: each change has its own time, independent of earlier ones. In turns, one alert fires and an older one resolves. No
     * alert comes twice: one that did would be held back as flapping.
     *
     * @param first alert's number
     */
    private long write(Producer<String, byte[]> producer, int first, long seconds, Map<String, Long> awaited) {
        SampleAlerts alerts = new SampleAlerts(groups);
        int begins = (int) (rate * seconds / 2);
        long begun = System.nanoTime();
        long written = 0;
        for (long i = 0; i < 2L * begins; i++) {
            boolean begin = i % 2 == 0;
            int number = (int) (i / 2) - (begin ? 0 : active());
            if (number < 0) {
                continue; // nothing fires yet that could end
            }
            long due = begun + i * 1_000_000_000L / rate;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            Alert alert = now(alerts, first + number, begin ? AlertStatus.FIRING : AlertStatus.RESOLVED);
            awaited.put(begin + alert.fingerprint(), due);
            SampleAlerts.write(producer, alert);
            written++;
        }
        for (int number = Math.max(0, begins - active()); number < begins; number++) { // what follows finds nothing that fires
            SampleAlerts.write(producer, now(alerts, first + number, AlertStatus.RESOLVED));
        }
        producer.flush();
        return written;
    }

    private static Alert now(SampleAlerts alerts, int number, AlertStatus status) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        return alerts.of(number, status, now, now);
    }
}
