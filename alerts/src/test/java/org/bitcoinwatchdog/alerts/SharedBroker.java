package org.bitcoinwatchdog.alerts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.utils.Utils;
import org.bitcoinwatchdog.events.Topics;
import org.bitcoinwatchdog.testing.TestBroker;

/** A broker with the alert stage's topics. */
final class SharedBroker {
    private static final int PARTITIONS = 3;

    private static TestBroker shared;

    private SharedBroker() {
    }

    /**
     * A broker for all tests of this JVM that do not kill it. It ends with the JVM. Each test has its own nodes and
     * sinks.
     */
    static synchronized TestBroker get() throws Exception {
        if (shared == null) {
            Path directory = Files.createTempDirectory("watchdog-test-broker");
            TestBroker broker = start(directory);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(broker, directory)));
            shared = broker;
        }
        return shared;
    }

    /** A broker for one test. */
    static TestBroker start(Path directory) throws Exception {
        Map<String, String> compacted = Map.of("cleanup.policy", "compact");
        TestBroker broker = new TestBroker(directory,
                new NewTopic(Topics.ALERTS, PARTITIONS, (short) 1).configs(compacted),
                new NewTopic(Topics.SILENCES, 1, (short) 1).configs(compacted),
                new NewTopic(Topics.DELIVERIES, PARTITIONS, (short) 1).configs(compacted),
                new NewTopic(Topics.NODE_DIGESTS, 2, (short) 1),
                new NewTopic(Topics.DEAD_LETTERS, 1, (short) 1));
        broker.start();
        return broker;
    }

    private static void end(TestBroker broker, Path directory) {
        try {
            broker.close();
            Utils.delete(directory.toFile());
        } catch (IOException e) {
            System.err.println(directory + " could not be deleted: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
