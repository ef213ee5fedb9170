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
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Kafka every few seconds whether it answers, so that a health check does not wait. An answer is valid for 30 s: if
 * asking ends or hangs, the last answer is not repeated.
 */
public final class KafkaReachability implements AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int PATIENCE_MS = 4_000;
    private static final Duration VALID = Duration.ofSeconds(30);
    private static final Logger LOG = LoggerFactory.getLogger(KafkaReachability.class);

    private final Map<String, Object> properties;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread asking = new Thread(work, "kafka-reachability");
        asking.setDaemon(true);
        return asking;
    });
    private final Function<Map<String, Object>, Admin> connect;
    private final LongSupplier nanoTime;
    private volatile LastAnswer last;
    private volatile Optional<String> fault = Optional.empty();
    /** For the one thread. */
    private Optional<Admin> admin = Optional.empty();

    private record LastAnswer(Optional<String> obstacle, long atNs) {
    }

    public KafkaReachability(Map<String, Object> clientProperties, MeterRegistry registry) {
        this(clientProperties, registry, Admin::create, System::nanoTime);
    }

    KafkaReachability(Map<String, Object> clientProperties, MeterRegistry registry,
            Function<Map<String, Object>, Admin> connect, LongSupplier nanoTime) {
        this.connect = connect;
        this.nanoTime = nanoTime;
        this.last = new LastAnswer(Optional.of("not asked yet"), nanoTime.getAsLong());
        properties = new HashMap<>(clientProperties);
        properties.put(AdminClientConfig.CLIENT_ID_CONFIG, "watchdog-reachability");
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS);
        Gauge.builder("watchdog.kafka.reachable", this, reachability -> reachability.obstacle().isEmpty() ? 1 : 0)
                .description("1 while Kafka answers this process")
                .register(registry);
    }

    public void start() {
        thread.scheduleWithFixedDelay(this::ask, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why Kafka can't be reached; empty if it answered within the last 30 s. */
    public Optional<String> obstacle() {
        LastAnswer answer = last;
        boolean old = nanoTime.getAsLong() - answer.atNs() > VALID.toNanos();
        return fault.or(() -> old ? Optional.of("no answer within " + VALID.toSeconds() + " s") : answer.obstacle());
    }

    /** Why Kafka is no longer asked; empty while it is. */
    public Optional<String> fault() {
        return fault;
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

    void ask() {
        try {
            Optional<String> obstacle = answer();
            last = new LastAnswer(obstacle, nanoTime.getAsLong());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closing
        } catch (RuntimeException | Error e) { // the executor does not ask again after that
            LOG.error("asking Kafka has ended by a fault", e);
            fault = Optional.of("is no longer asked: " + e.getClass().getSimpleName());
            throw e;
        }
    }

    private Optional<String> answer() throws InterruptedException {
        try {
            Admin client = admin.orElseGet(() -> connect.apply(properties));
            admin = Optional.of(client);
            client.describeCluster(new DescribeClusterOptions().timeoutMs(PATIENCE_MS)).clusterId().get();
            return Optional.empty();
        } catch (ExecutionException e) {
            return Optional.of("does not answer: " + e.getCause().getClass().getSimpleName());
        } catch (KafkaException e) {
            return Optional.of("no connection: " + e.getMessage());
        }
    }
}
