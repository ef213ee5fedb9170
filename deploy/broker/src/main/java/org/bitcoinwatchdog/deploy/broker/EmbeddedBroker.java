package org.bitcoinwatchdog.deploy.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A single-node Kafka broker in a JVM of its own, for one machine: on loopback, with its data, its log and the address
 * that it listens on under one directory. It ends with this process, however this process ends.
 */
public final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final int PORT_ATTEMPTS = 3;

    private final Process process;
    /** One for all: a future that is only just made is not done at once, even of a process that ended long ago. */
    private final CompletableFuture<Process> exit;
    private final String bootstrapServers;
    private final String clusterId;

    private EmbeddedBroker(Process process, String bootstrapServers, String clusterId) {
        this.process = process;
        this.exit = process.onExit();
        this.bootstrapServers = bootstrapServers;
        this.clusterId = clusterId;
    }

    /**
     * Starts the broker and returns once it answers. Data of an earlier run is kept.
     *
     * @param directory created if it does not exist
     * @throws BrokerFailure if it does not start; the message says why, and names its log
     */
    public static EmbeddedBroker start(Path directory) {
        try {
            Path home = Files.createDirectories(directory).toRealPath();
            for (int attempt = 1; ; attempt++) {
                try {
                    return attempt(home);
                } catch (BrokerFailure failure) {
                    // Between choosing a free port and listening on it another process may take it.
                    if (attempt == PORT_ATTEMPTS || !failure.addressInUse()) {
                        throw failure;
                    }
                    LOG.info("a port that was free is taken, trying others");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the broker's directory " + directory + " can't be used", e);
        }
    }

    private static EmbeddedBroker attempt(Path home) throws IOException {
        BrokerFiles files = new BrokerFiles(home);
        BrokerProperties properties = files.properties();
        Files.writeString(files.propertiesFile(), properties.text());
        Process process = launch(files);
        try {
            String clusterId = awaitReady(process, files, properties.bootstrapServers());
            files.publish(properties.bootstrapServers());
            return new EmbeddedBroker(process, properties.bootstrapServers(), clusterId);
        } catch (RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static Process launch(BrokerFiles files) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m", "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-XX:+ExitOnOutOfMemoryError",
                "-Dlogback.configurationFile=broker-logback.xml",
                "-Dwatchdog.broker.log=" + files.log(),
                BrokerMain.class.getName(),
                files.propertiesFile().toString()));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.redirectErrorStream(true).redirectOutput(files.output().toFile()).start();
    }

    /** Asks only once something listens: a client logs a warning for every connection that is refused. */
    private static String awaitReady(Process process, BrokerFiles files, String bootstrapServers) {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        try {
            while (!listens(bootstrapServers)) {
                check(process, files, deadline);
                process.waitFor(50, TimeUnit.MILLISECONDS);
            }
            return clusterId(process, files, bootstrapServers, deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerFailure("interrupted while the broker started", files);
        }
    }

    private static String clusterId(Process process, BrokerFiles files, String bootstrapServers, long deadline)
            throws InterruptedException {
        Map<String, Object> client = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 50,
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, 1_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 2_000);
        try (Admin admin = Admin.create(client)) {
            while (true) {
                check(process, files, deadline);
                try {
                    return admin.describeCluster().clusterId().get(2, TimeUnit.SECONDS);
                } catch (ExecutionException | TimeoutException e) {
                    LOG.debug("the broker does not answer yet", e);
                }
            }
        }
    }

    private static void check(Process process, BrokerFiles files, long deadline) {
        if (!process.isAlive()) {
            throw new BrokerFailure("the broker ended while it started", files);
        }
        if (System.nanoTime() > deadline) {
            throw new BrokerFailure("the broker did not answer within " + START_LIMIT.toSeconds() + " s", files);
        }
    }

    private static boolean listens(String bootstrapServers) {
        int port = Integer.parseInt(bootstrapServers.substring(bootstrapServers.lastIndexOf(':') + 1));
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Where a broker that was started in that directory, by whichever process, listens now. */
    public static Optional<String> runningIn(Path directory) throws IOException {
        return new BrokerFiles(directory).bootstrapServers().filter(EmbeddedBroker::listens);
    }

    /** For the clients' {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Stays the same for one directory. */
    public String clusterId() {
        return clusterId;
    }

    public long pid() {
        return process.pid();
    }

    /** Completes when the broker has ended, whether it was asked to or not. */
    public CompletableFuture<Process> onExit() {
        return exit;
    }

    /** Lets the broker write its data and end. Kills it after 20 s. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close(); // the end of its standard input
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("the broker did not end within {} s and is killed", STOP_LIMIT.toSeconds());
                process.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.debug("the broker had ended before", e);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
