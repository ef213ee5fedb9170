package org.bitcoinwatchdog.deploy.demo;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bitcoinwatchdog.agent.metrics.NodeMetrics;
import org.bitcoinwatchdog.agent.metrics.TracedNodeMetrics;
import org.bitcoinwatchdog.agent.recording.RecordedEvents;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeEventSerde;
import org.bitcoinwatchdog.events.RecordedCall;
import org.bitcoinwatchdog.events.Topics;

/** Where the kernel can't be used: the script through the agent's decoder into Kafka, at the script's pace. */
final class RecordingFeed implements AutoCloseable {
    private static final String NETWORK = "regtest";

    private final TracedNodeMetrics metrics;
    private final Thread thread;
    private final KafkaProducer<String, NodeEvent> producer;

    RecordingFeed(DemoScript script, Map<String, Object> clientProperties, MeterRegistry meters) {
        Map<String, Object> properties = new HashMap<>(clientProperties);
        properties.put("acks", "all");
        producer = new KafkaProducer<>(properties, new StringSerializer(), new NodeEventSerde().serializer());
        metrics = new NodeMetrics(meters).of(script.node(), NETWORK);
        thread = new Thread(() -> publish(script), "recording-feed");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void publish(DemoScript script) {
        long startNs = nowNs();
        Iterator<RecordedCall> calls = script.calls().stream()
                .map(call -> new RecordedCall(startNs + call.timeNs(), call.node(), call.tracepoint(), call.args()))
                .iterator();
        RecordedEvents events = new RecordedEvents(calls, NETWORK, skipped -> { });
        try {
            while (events.hasNext()) {
                NodeEvent event = events.next();
                long aheadNs = event.getObservedAtNs() - nowNs();
                if (aheadNs > 0) {
                    TimeUnit.NANOSECONDS.sleep(aheadNs);
                }
                metrics.on(event);
                producer.send(new ProducerRecord<>(
                        Topics.NODE_EVENTS, null, event.getObservedAtNs() / 1_000_000, event.getNode(), event));
            }
        } catch (InterruptedException | InterruptException e) {
            Thread.currentThread().interrupt(); // closed before the end
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(); // it must not send into a producer that is closed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofSeconds(2));
    }

    private static long nowNs() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }
}
