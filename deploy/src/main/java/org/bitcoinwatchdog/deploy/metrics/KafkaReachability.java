package org.bitcoinwatchdog.deploy.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;

/** Asks Kafka every few seconds whether it is there, so that whoever wants to know need not wait for its answer. */
public final class KafkaReachability implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int PATIENCE_MS = 4_000;

    private final Map<String, Object> properties;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread asking = new Thread(work, "kafka-reachability");
        asking.setDaemon(true);
        return asking;
    });
    private volatile Optional<String> obstacle = Optional.of("not asked yet");
    /** For the one thread. */
    private Optional<Admin> admin = Optional.empty();

    public KafkaReachability(Map<String, Object> clientProperties, MeterRegistry registry) {
        properties = new HashMap<>(clientProperties);
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "watchdog-reachability");
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        Gauge.builder("watchdog.kafka.reachable", this, reachability -> reachability.obstacle.isEmpty() ? 1 : 0)
                .description("1 while Kafka answers this process")
                .register(registry);
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::ask, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why Kafka can't be reached; nothing where it answered when it was last asked. */
    public Optional<String> obstacle() {
        return obstacle;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (thread.awaitTermination(PATIENCE_MS, TimeUnit.MILLISECONDS)) {
                admin.ifPresent(client -> client.close(Duration.ZERO));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask() {
        try {
            Admin client = admin.orElseGet(() -> Admin.create(properties));
            admin = Optional.of(client);
            client.describeCluster(new DescribeClusterOptions().timeoutMs(PATIENCE_MS)).clusterId().get();
            obstacle = Optional.empty();
        } catch (ExecutionException e) {
            obstacle = Optional.of("does not answer: " + e.getCause().getClass().getSimpleName());
        } catch (KafkaException e) {
            obstacle = Optional.of("no connection: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
