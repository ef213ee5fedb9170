package org.bitcoinwatchdog.deploy.console;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.bitcoinwatchdog.deploy.http.HttpSettings;
import org.bitcoinwatchdog.deploy.console.http.ConsolePages;
import org.bitcoinwatchdog.deploy.console.http.Views;
import org.bitcoinwatchdog.deploy.console.model.AlertBook;
import org.bitcoinwatchdog.deploy.console.model.AutonomousSystems;
import org.bitcoinwatchdog.deploy.console.model.ChainStatuses;
import org.bitcoinwatchdog.deploy.console.model.Fleet;
import org.bitcoinwatchdog.deploy.console.silence.SilencesInMemory;
import org.bitcoinwatchdog.deploy.http.WebServer;
import org.bitcoinwatchdog.detectors.DetectionTopology;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.network.Asmap;
import org.bitcoinwatchdog.events.AlertSerde;
import org.bitcoinwatchdog.events.ChainStatusSerde;
import org.bitcoinwatchdog.events.NodeDigestSerde;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEventSerde;
import org.bitcoinwatchdog.events.Recordings;
import org.bitcoinwatchdog.events.Topics;

/** The console on recordings, with neither Kafka nor nodes, for working on the page: the arguments are the port and, if wanted, an asmap file. */
public final class ConsoleDevelopment {
    private static final Duration HISTORY = Duration.ofMinutes(11);
    private static final Duration TICK = Duration.ofSeconds(1);

    private final Fleet fleet;
    private final AlertBook alerts = new AlertBook();
    private final ChainStatuses chains = new ChainStatuses();
    private Consumer<NodeEvent> detection;
    private long wallClockNs;
    private final PriorityQueue<Pending> pending = new PriorityQueue<>(Comparator.comparingLong(next -> next.event.getObservedAtNs()));

    private record Pending(RecordedTraffic traffic, NodeEvent event) {
    }

    private ConsoleDevelopment(Optional<Asmap> asmap) {
        fleet = new Fleet(Clock.systemUTC(), new AutonomousSystems(asmap));
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Optional<Asmap> asmap = args.length > 1 ? Optional.of(Asmap.load(Path.of(args[1]))) : Optional.empty();
        new ConsoleDevelopment(asmap).run(Integer.parseInt(args[0]));
    }

    private TopologyTestDriver detection() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, System.getProperty("java.io.tmpdir") + "/console-development");
        Instant begin = Instant.now().minus(HISTORY);
        wallClockNs = begin.toEpochMilli() * 1_000_000;
        TopologyTestDriver driver = new TopologyTestDriver(DetectionTopology.build(DetectorSettings.defaults()), properties, begin);
        TestInputTopic<String, NodeEvent> input =
                driver.createInputTopic(Topics.NODE_EVENTS, new StringSerializer(), new NodeEventSerde().serializer());
        var alertTopic = driver.createOutputTopic(Topics.ALERTS, new StringDeserializer(), new AlertSerde().deserializer());
        var statusTopic = driver.createOutputTopic(Topics.CHAIN_STATUS, new StringDeserializer(), new ChainStatusSerde().deserializer());
        var digestTopic = driver.createOutputTopic(Topics.NODE_DIGESTS, new StringDeserializer(), new NodeDigestSerde().deserializer());
        detection = event -> {
            long aheadNs = event.getObservedAtNs() - wallClockNs;
            if (aheadNs > TICK.toNanos()) {
                driver.advanceWallClockTime(Duration.ofNanos(aheadNs));
                wallClockNs += aheadNs;
                // The driver keeps every record that nobody reads.
                driver.producedTopicNames().stream().filter(topic -> topic.endsWith("-changelog"))
                        .forEach(topic -> driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer()).readRecordsToList());
            }
            input.pipeInput(event.getNode(), event, event.getObservedAtNs() / 1_000_000);
            digestTopic.readValuesToList().forEach(digest -> fleet.fold(digest, Instant.now()));
            alertTopic.readValuesToList().forEach(alerts::fold);
            statusTopic.readValuesToList().forEach(chains::fold);
        };
        return driver;
    }

    private void run(int port) throws IOException, InterruptedException {
        Clock clock = Clock.systemUTC();
        HttpSettings settings = new HttpSettings("127.0.0.1:" + port);
        WebServer server = new WebServer(settings);
        new ConsolePages(settings, new Views(fleet, alerts, chains, new SilencesInMemory(clock), clock)).mount(server);
        server.start();
        long begin = Instant.now().minus(HISTORY).toEpochMilli() * 1_000_000;
        detection();
        for (String[] source : List.of(new String[] {Recordings.FLEET_NORMAL, "fra-", "main"}, new String[] {Recordings.ADDRESS_FLOOD, "sgp-", "signet"},
                new String[] {Recordings.ECLIPSE, "nyc-", "testnet4"})) {
            RecordedTraffic traffic = new RecordedTraffic(source[0], source[1], source[2], begin);
            pending.add(new Pending(traffic, traffic.next()));
        }
        earlierAlerts();
        while (true) {
            Pending next = pending.poll();
            long aheadMs = next.event.getObservedAtNs() / 1_000_000 - clock.millis();
            if (aheadMs > 0) {
                Thread.sleep(aheadMs);
            }
            fleet.fold(next.event);
            detection.accept(next.event);
            pending.add(new Pending(next.traffic, next.traffic.next()));
        }
    }

    /** Alerts that ended before the recordings begin. */
    private void earlierAlerts() {
        Instant now = Instant.now();
        alerts.fold(SampleAlerts.resolved(SampleAlerts.lag("fra-2", "warn", now.minusSeconds(3_000)), Duration.ofMinutes(7)));
        alerts.fold(SampleAlerts.resolved(SampleAlerts.flood("fra-1", now.minusSeconds(9_000)), Duration.ofMinutes(18)));
        alerts.fold(SampleAlerts.resolved(SampleAlerts.concentration("nyc-0", now.minusSeconds(2_400)), Duration.ofMinutes(12)));
    }
}
