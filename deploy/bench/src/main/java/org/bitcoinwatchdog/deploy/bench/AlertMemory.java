package org.bitcoinwatchdog.deploy.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.bitcoinwatchdog.alerts.AlertService;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;

/**
 * The memory of a worker while that many alerts fire. One sink is notified of all, in groups of a hundred by node.
 *
 * @param active how many
 */
record AlertMemory(Map<String, Object> kafka, int active) {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int RULES = 5;

    /**
     * @param told alerts in the notifications, with their context
     * @param heap bytes in use by the whole process after a garbage collection, with the worker running
     * @param took from the worker's start until the sink was notified of all
     */
    record MemoryResult(long told, long heap, Duration took) {
    }

    /** @throws IOException if no server can be opened on loopback */
    MemoryResult run() throws IOException, InterruptedException {
        try (Producer<String, byte[]> producer = SampleAlerts.producer(kafka)) {
            Instant start = Instant.now();
            for (int number = 0; number < active; number++) {
                SampleAlerts.write(producer, new SampleAlerts(RULES).of(number, AlertStatus.FIRING, start, start));
            }
        }
        AtomicLong told = new AtomicLong();
        try (AlertReceiver receiver = new AlertReceiver((alert, firing, startsAt, now) -> told.incrementAndGet());
                AlertService worker = new AlertService(receiver.settings(Alert.NODE), kafka, new SimpleMeterRegistry())) {
            long begun = System.nanoTime();
            worker.start();
            while (told.get() < active && System.nanoTime() - begun < PATIENCE.toNanos()) {
                Thread.sleep(100);
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begun);
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            return new MemoryResult(told.get(), runtime.totalMemory() - runtime.freeMemory(), took);
        }
    }
}
