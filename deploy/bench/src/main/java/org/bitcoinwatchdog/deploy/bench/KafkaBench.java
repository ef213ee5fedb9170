package org.bitcoinwatchdog.deploy.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bitcoinwatchdog.deploy.bench.figures.Figures.Figure;
import org.bitcoinwatchdog.deploy.bench.figures.Figures;
import org.bitcoinwatchdog.deploy.broker.EmbeddedBroker;
import org.bitcoinwatchdog.deploy.resource.TemporaryDirectory;
import org.bitcoinwatchdog.deploy.topics.TopicAdmin;
import org.bitcoinwatchdog.deploy.topics.TopicSettings;
import org.bitcoinwatchdog.detectors.DetectionService;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Topics;

/** The detectors on a broker of this machine, exactly once: a backlog of many nodes is read as fast as it goes. */
public final class KafkaBench {
    private static final int NODES = 24;
    private static final int SECONDS = 1_200;
    private static final long POLL_MS = 50;

    private final DetectorSettings settings;
    private final Figures figures;

    public KafkaBench(DetectorSettings settings, Figures figures) {
        this.settings = settings;
        this.figures = figures;
    }

    public void run() throws InterruptedException {
        try (TemporaryDirectory directory = TemporaryDirectory.create("watchdog-bench");
                EmbeddedBroker broker = EmbeddedBroker.start(directory.path().resolve("broker"))) {
            Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (TopicAdmin topics = new TopicAdmin(client)) {
                topics.createMissing(topics.plan(TopicSettings.defaults()));
            }
            long events = produce(client);
            figures.note("%,d events of %d nodes, %d threads, wall clock", events, NODES, settings.streams().threads());
            figures.add(Figure.of("detection with Kafka, exactly once", consume(client, directory, events), "events/s").aimAtLeast(50_000));
        }
    }

    private static long produce(Map<String, Object> client) {
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("compression.type", "lz4");
        properties.put("linger.ms", 20);
        properties.put("batch.size", 128 << 10);
        List<NodeEvent> one = MainnetMix.of("node-0", 11, SECONDS);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            names.add("node-" + i);
        }
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer())) {
            for (NodeEvent event : one) {
                for (String name : names) {
                    producer.send(new ProducerRecord<>(Topics.NODE_EVENTS, null, event.getObservedAtNs() / 1_000_000, name,
                            event.toBuilder().setNode(name).build().toByteArray()));
                }
            }
        }
        return (long) one.size() * names.size();
    }

    /** From the first tenth to the end: starting, joining the group and the first compilations are not the rate. */
    private double consume(Map<String, Object> client, TemporaryDirectory directory, long events) throws InterruptedException {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Map<String, Object> properties = new HashMap<>(client);
        properties.put("state.dir", directory.path().resolve("state").toString());
        try (DetectionService detectors = new DetectionService(settings, properties, meters)) {
            detectors.start();
            long from = (long) await(meters, events / 10);
            long began = System.nanoTime();
            await(meters, events);
            return (events - from) / ((System.nanoTime() - began) / 1e9);
        }
    }

    private static double await(SimpleMeterRegistry meters, long events) throws InterruptedException {
        double seen = 0;
        while (seen < events) {
            Thread.sleep(POLL_MS);
            seen = meters.counter("watchdog.detectors.events", "outcome", "new").count();
        }
        return seen;
    }
}
