package org.bitcoinwatchdog.deploy.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.bitcoinwatchdog.deploy.http.ReadinessCheck.ReadyState;

/**
 * The checks of {@code /healthz} and {@code /readyz}. A process that is not healthy has a fault of its own; if that lasts,
 * restart it. A process that is not ready waits for something outside: Kafka, a bitcoind, a sink.
 */
public final class HealthChecks {
    private final List<ReadinessCheck> health = new CopyOnWriteArrayList<>();
    private final List<ReadinessCheck> readiness = new CopyOnWriteArrayList<>();

    /** @param fault of this process, because of which a part does not work; or empty */
    public void health(String name, Supplier<Optional<String>> fault) {
        health.add(new ReadinessCheck(name, () -> ReadyState.of(fault.get())));
    }

    public void readiness(ReadinessCheck check) {
        readiness.add(check);
    }

    /** @param obstacle the reason why it does not work, or empty */
    public void readiness(String name, Supplier<Optional<String>> obstacle) {
        readiness(new ReadinessCheck(name, () -> ReadyState.of(obstacle.get())));
    }

    List<ReadinessCheck> health() {
        return health;
    }

    List<ReadinessCheck> readiness() {
        return readiness;
    }
}
