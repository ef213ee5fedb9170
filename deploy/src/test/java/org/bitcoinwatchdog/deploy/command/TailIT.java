package org.bitcoinwatchdog.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.bitcoinwatchdog.agent.recording.RecordedEvents;
import org.bitcoinwatchdog.deploy.broker.EmbeddedBroker;
import org.bitcoinwatchdog.deploy.tail.EventFilter;
import org.bitcoinwatchdog.deploy.tail.Tail;
import org.bitcoinwatchdog.deploy.topics.TopicAdmin;
import org.bitcoinwatchdog.deploy.topics.TopicSettings;
import org.bitcoinwatchdog.events.Loss;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Recordings;
import org.bitcoinwatchdog.events.Topics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that arrive while tail runs, with filters and without. */
class TailIT {
    @TempDir
    Path directory;

    @Test
    void showsWhatComesAsItIsAskedForAndTellsWhatIsMissing() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(directory.resolve("broker"))) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (TopicAdmin topics = new TopicAdmin(kafka)) {
                topics.createMissing(topics.plan(TopicSettings.defaults()));
            }
            List<NodeEvent> events = events();
            publish(kafka, List.of(events.get(0))); // came before tail started, so it is not shown
            List<String> json = new CopyOnWriteArrayList<>();
            List<String> text = new CopyOnWriteArrayList<>();
            List<String> pings = new CopyOnWriteArrayList<>();
            List<String> gaps = new CopyOnWriteArrayList<>();
            String peer = events.stream().filter(NodeEvent::hasInboundMessage).findFirst().orElseThrow()
                    .getInboundMessage().getPeer().getAddress();
            AtomicBoolean goOn = new AtomicBoolean(true);
            try (Tail all = new Tail(kafka, filter(Set.of(), Set.of(), Set.of()), true, json::add, gaps::add);
                    Tail chosen = new Tail(kafka, filter(Set.of("node-0"), Set.of("ping", "net:inbound_connection"), Set.of()), false,
                            pings::add, ignored -> { });
                    Tail ofPeer = new Tail(kafka, filter(Set.of(), Set.of(), Set.of(peer)), false, text::add, ignored -> { })) {
                List<Thread> threads = Stream.of(all, chosen, ofPeer).map(tail -> new Thread(() -> tail.run(goOn::get))).toList();
                threads.forEach(Thread::start);
                publish(kafka, events.subList(1, events.size()));
                int shown = (int) events.stream().skip(1).filter(event -> !event.hasHeartbeat() && !event.hasLoss()).count();
                await().atMost(Duration.ofSeconds(30)).until(() -> json.size() >= shown && gaps.size() >= 2);
                goOn.set(false);
                for (Thread thread : threads) {
                    thread.join();
                }
                assertThat(json).hasSize(shown);
                assertThat(all.missing()).isEqualTo(12);
            }
            ObjectMapper mapper = new ObjectMapper();
            for (String line : json) {
                JsonNode event = mapper.readTree(line);
                assertThat(event.get("node").asText()).startsWith("node-");
            }
            assertThat(gaps).hasSize(2).anyMatch(gap -> gap.startsWith("MISSING") && gap.contains("5 events"))
                    .anyMatch(gap -> gap.startsWith("LOST") && gap.contains("ring-buffer-full") && gap.contains("events=7"));
            assertThat(pings).isNotEmpty().allMatch(line -> line.contains("  node-0  ")
                    && (line.matches(".*(<-|->) ping .*") || line.contains("inbound_connection")));
            assertThat(text).isNotEmpty().allMatch(line -> line.contains(peer));
        }
    }

    @Test
    void endsWithOneAndASentenceWhereThereIsNoKafka() throws IOException {
        Path config = Files.writeString(directory.resolve("empty.yaml"), "state-dir: " + directory + "\n");
        CommandRun run = CommandRun.of("tail", "--for", "1s", "--config", config.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("there is no Kafka to connect to", "empty.yaml", "state-dir " + directory).hasLineCount(1);
    }

    private static EventFilter filter(Set<String> nodes, Set<String> types, Set<String> peers) {
        return new EventFilter(nodes, types, peers);
    }

    /** Events of a recording, with a gap of five in node-0's sequence and a Loss of seven in node-1's. */
    private static List<NodeEvent> events() throws IOException {
        List<NodeEvent> events = new ArrayList<>();
        try (var recording = Recordings.open(Recordings.ECLIPSE, broken -> { })) {
            new RecordedEvents(recording, "regtest", skipped -> { }).forEachRemaining(events::add);
        }
        List<NodeEvent> changed = new ArrayList<>();
        long loss = -1;
        long ahead = 0;
        for (NodeEvent event : events.subList(0, 2_000)) {
            if (event.getNode().equals("node-1") && loss < 0) {
                loss = event.getSequence();
                changed.add(event);
                changed.add(event.toBuilder().setSequence(loss + 1)
                        .setLoss(Loss.newBuilder().setCause(Loss.Cause.CAUSE_RING_BUFFER_FULL).setEvents(7)).build());
            } else if (event.getNode().equals("node-1")) {
                changed.add(event.toBuilder().setSequence(event.getSequence() + 1).build());
            } else {
                ahead = event.getSequence() >= 100 ? 5 : 0;
                changed.add(event.toBuilder().setSequence(event.getSequence() + ahead).build());
            }
        }
        return changed;
    }

    private static void publish(Map<String, Object> kafka, List<NodeEvent> events) {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(new HashMap<>(kafka), new StringSerializer(), new ByteArraySerializer())) {
            events.forEach(event -> producer.send(new ProducerRecord<>(Topics.NODE_EVENTS, event.getNode(), event.toByteArray())));
        }
    }
}
