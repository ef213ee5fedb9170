package org.bitcoinwatchdog.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.bitcoinwatchdog.alerts.sinks.Webhook;
import org.bitcoinwatchdog.testing.TestBroker;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A worker that can't continue reports it, after any fault. */
@Timeout(120)
class WorkerFaultIT {
    /** Where in the worker the memory runs out. */
    @ParameterizedTest
    @ValueSource(strings = {"alert-reader", "sink-hook"})
    void isReportedEvenWithoutFreeMemory(String thread) throws Exception {
        TestBroker broker = SharedBroker.get();
        try (WebhookServer server = new WebhookServer(); AlertLog log = new AlertLog(broker.properties());
                AlertService worker = new AlertService(AlertSettings.defaults().withSinks(new Webhook("hook",
                        Optional.of(server.url()), Optional.empty(), Optional.empty(), Optional.of(true))),
                        broker.properties(), new SimpleMeterRegistry(), new FullMemory(thread))) {
            worker.start();
            log.write(Alerts.firing("fault-" + UUID.randomUUID()));
            assertThat(worker.faulted().get(60, TimeUnit.SECONDS)).isInstanceOf(OutOfMemoryError.class);
            assertThat(worker.obstacle()).contains("ended by a fault: OutOfMemoryError");
        }
    }

    /** A clock that has no memory left on one of the threads. */
    private static final class FullMemory extends Clock {
        private final String thread;

        private FullMemory(String thread) {
            this.thread = thread;
        }

        @Override
        public Instant instant() {
            if (Thread.currentThread().getName().equals(thread)) {
                throw new OutOfMemoryError("thrown by a test");
            }
            return Instant.now();
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
