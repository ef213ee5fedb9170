package org.bitcoinwatchdog.deploy.tail;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.SafeText;
import org.bitcoinwatchdog.events.Topics;
import org.bitcoinwatchdog.events.follow.Start;
import org.bitcoinwatchdog.events.follow.TopicFollower;

/** Shows new events as they come, and reports what is missing between them. For one thread. */
public final class Tail implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private record Stream(String node, long epoch) {
    }

    private final TopicFollower follower;
    private final EventFilter filter;
    private final boolean json;
    private final Consumer<String> out;
    private final Consumer<String> gaps;
    private final Map<String, Long> epochs = new HashMap<>();
    private final Map<Stream, Long> next = new HashMap<>();
    private final TailLag lag;
    private long missing;

    /**
     * @param clientProperties at least {@code bootstrap.servers}
     * @param json             one JSON object a line instead of text
     * @param gaps             gets a line for each loss of an agent and each gap in a node's sequence
     */
    public Tail(Map<String, Object> clientProperties, EventFilter filter, boolean json, Consumer<String> out,
            Consumer<String> gaps) {
        this(TopicFollower.open(clientProperties, Topics.NODE_EVENTS, Start.now()), filter, json, out, gaps);
    }

    Tail(TopicFollower follower, EventFilter filter, boolean json, Consumer<String> out, Consumer<String> gaps) {
        this.follower = follower;
        this.filter = filter;
        this.json = json;
        this.out = out;
        this.gaps = gaps;
        this.lag = new TailLag(Clock.systemUTC(), gaps);
    }

    /** Events that were lost or missing so far. */
    public long missing() {
        return missing;
    }

    public void run(BooleanSupplier goOn) {
        while (goOn.getAsBoolean()) {
            ConsumerRecords<byte[], byte[]> records = follower.poll(POLL);
            lag.tell(records, follower.unread());
            records.forEach(this::read);
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.value() == null) {
                throw new InvalidProtocolBufferException("no value");
            }
            show(NodeEvent.parseFrom(record.value()));
        } catch (InvalidProtocolBufferException e) {
            gaps.accept("UNREADABLE  a record that is not an event: partition " + record.partition() + ", offset " + record.offset());
        }
    }

    private void show(NodeEvent event) {
        if (!filter.wantsNode(event)) {
            return;
        }
        checkSequence(event);
        if (event.hasLoss()) {
            missing += event.getLoss().getEvents();
            gaps.accept("LOST  " + EventText.of(event));
        } else if (filter.wants(event)) {
            out.accept(json ? EventJson.of(event) : EventText.of(event));
        }
    }

    private void checkSequence(NodeEvent event) {
        if (!Long.valueOf(event.getEpoch()).equals(epochs.put(event.getNode(), event.getEpoch()))) {
            next.keySet().removeIf(stream -> stream.node().equals(event.getNode()));
        }
        Long expected = next.put(new Stream(event.getNode(), event.getEpoch()), event.getSequence() + 1);
        if (expected != null && event.getSequence() > expected) {
            missing += event.getSequence() - expected;
            gaps.accept("MISSING  " + SafeText.of(event.getNode()) + ": " + (event.getSequence() - expected) + " events before this one: "
                    + EventText.of(event));
        }
    }

    @Override
    public void close() {
        follower.close();
    }
}
