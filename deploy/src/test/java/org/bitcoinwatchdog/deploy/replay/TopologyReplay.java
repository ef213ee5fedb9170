package org.bitcoinwatchdog.deploy.replay;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.bitcoinwatchdog.deploy.resource.TemporaryDirectory;
import org.bitcoinwatchdog.detectors.DetectionTopology;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertSerde;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEventSerde;
import org.bitcoinwatchdog.events.Topics;

/**
 * The detectors' own topology without Kafka, driven by the events' time alone: wall-clock time is the time of the last
 * event, so the same events give the same alerts at any speed.
 */
final class TopologyReplay implements AutoCloseable {
    private static final Duration WALL_CLOCK_STEP = Duration.ofSeconds(1);
    /** The driver keeps every record of every topic until it is read, those of the changelogs included. */
    private static final int EVENTS_BETWEEN_SWEEPS = 1_000;

    private final Consumer<Alert> alerts;
    private final TemporaryDirectory stateDirectory;
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, NodeEvent> input;
    private final TestOutputTopic<String, Alert> output;
    private Instant wallClock;
    private long events;

    /**
     * @param start  the time at which the replay begins
     * @param alerts is told every change of an alert, in order
     */
    TopologyReplay(DetectorSettings settings, Instant start, Consumer<Alert> alerts) {
        this.alerts = alerts;
        this.wallClock = start;
        this.stateDirectory = TemporaryDirectory.create("watchdog-replay");
        this.driver = new TopologyTestDriver(DetectionTopology.build(settings), properties(stateDirectory.path()), start);
        this.input = driver.createInputTopic(Topics.NODE_EVENTS, new StringSerializer(), new NodeEventSerde().serializer());
        this.output = driver.createOutputTopic(Topics.ALERTS, new StringDeserializer(), new AlertSerde().deserializer());
    }

    void feed(NodeEvent event) {
        Instant time = Instant.ofEpochSecond(0, event.getObservedAtNs());
        Duration passed = Duration.between(wallClock, time);
        if (passed.compareTo(WALL_CLOCK_STEP) >= 0) {
            driver.advanceWallClockTime(passed);
            wallClock = time;
        }
        input.pipeInput(event.getNode(), event, time);
        hear();
        if (++events % EVENTS_BETWEEN_SWEEPS == 0) {
            sweep();
        }
    }

    @Override
    public void close() {
        driver.close();
        stateDirectory.close();
    }

    private void hear() {
        while (!output.isEmpty()) {
            Alert alert = output.readValue();
            if (alert != null) {
                alerts.accept(alert);
            }
        }
    }

    private void sweep() {
        for (String topic : driver.producedTopicNames()) {
            if (!topic.equals(Topics.ALERTS)) {
                driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer()).readRecordsToList();
            }
        }
    }

    private static Properties properties(Path stateDirectory) {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "watchdog-replay");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:0"); // the driver connects to nothing
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.toString());
        return properties;
    }
}
