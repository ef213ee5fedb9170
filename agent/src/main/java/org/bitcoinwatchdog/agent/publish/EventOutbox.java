package org.bitcoinwatchdog.agent.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.events.NodeEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings events to Kafka in the order in which they were accepted. Accepting never waits: an event goes into memory.
 * One thread moves the oldest event on: to the producer while it takes events, to the disk when memory fills up, and
 * from the disk to the producer.
 */
public final class EventOutbox implements EventSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventOutbox.class);
    /** How often the thread looks whether a broken producer can be replaced while no event comes. */
    private static final long IDLE_MS = 1_000;
    private static final long SEND_AGAIN_MS = 10;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    private final MemoryQueue memory;
    private final Spool spool;
    private final KafkaLink kafka;
    private final Thread thread = new Thread(this::run, "publish");
    /** Taken from memory, not yet taken by the producer. */
    private PendingEvent next;
    private volatile boolean closing;

    /**
     * @param producerProperties properties of Kafka's clients from the user
     * @param memoryBytes        limit for all waiting events in memory, including the producer's buffer
     * @param spoolBytes         limit for waiting events on disk
     */
    public EventOutbox(
            Map<String, Object> producerProperties, long memoryBytes, Path spoolDirectory, long spoolBytes) {
        try {
            spool = Spool.open(spoolDirectory, spoolBytes);
        } catch (IOException e) {
            throw new UncheckedIOException("the directory " + spoolDirectory + " can't be used", e);
        }
        memory = new MemoryQueue(memoryBytes / 2);
        kafka = new KafkaLink(ProducerSettings.of(producerProperties, memoryBytes / 4), memoryBytes / 4);
    }

    /** Kafka may be away. */
    public void start() {
        thread.start();
    }

    @Override
    public void enqueue(EventAccount account, NodeEvent event) {
        memory.add(PendingEvent.accepted(account, event));
    }

    /** A sink that does the same as {@link #enqueue}, and drops the event. */
    public static EventSink rehearsing() {
        MemoryQueue memory = new MemoryQueue(1 << 20);
        return (account, event) -> {
            memory.add(PendingEvent.accepted(account, event));
            memory.poll();
        };
    }

    /** False after a fault has ended its thread. */
    public boolean working() {
        return thread.getState() != Thread.State.TERMINATED;
    }

    /** What Kafka refuses now, and whether those events are lost. */
    public Optional<String> obstacle() {
        return kafka.obstacle();
    }

    /** Bytes of events that are neither handed to the producer nor on disk. */
    public long bytesInMemory() {
        return memory.bytes();
    }

    /** Waits a few seconds for Kafka to take and acknowledge the rest, then writes what remains to disk. */
    @Override
    public void close() {
        closing = true;
        memory.close();
        if (thread.getState() == Thread.State.NEW) {
            // Never started, so only events on disk wait, and they stay there.
            kafka.close(Duration.ZERO);
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing) {
                if (!moveOne()) {
                    memory.awaitEvent(IDLE_MS);
                }
            }
            leave();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("Publishing has ended: this is a bug.", e);
            throw e;
        }
    }

    /** Moves the oldest event one step; false if there is none. */
    private boolean moveOne() throws InterruptedException {
        spool.prepend(kafka.reopenWhereBroken());
        if (!spool.isEmpty()) {
            PendingEvent oldest = spool.peek();
            if (oldest != null && sent(oldest)) {
                spool.remove();
            }
        } else {
            next = next == null ? memory.poll() : next;
            if (next == null) {
                return false;
            }
            if (sent(next)) {
                next = null;
            }
        }
        if (memory.isHalfFull()) {
            moveToDisk();
        }
        return true;
    }

    private boolean sent(PendingEvent event) throws InterruptedException {
        if (kafka.send(event)) {
            return true;
        }
        memory.awaitHalfFull(SEND_AGAIN_MS);
        return false;
    }

    private void moveToDisk() {
        next = next == null ? memory.poll() : next;
        while (next != null) {
            spool.append(next);
            next = memory.poll();
        }
    }

    private void leave() throws InterruptedException {
        long end = System.nanoTime() + LAST_ANSWERS.toNanos();
        while (System.nanoTime() - end < 0 && moveOne()) {
            continue;
        }
        moveToDisk();
        List<PendingEvent> unanswered = kafka.close(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        spool.prepend(unanswered);
        if (!spool.isEmpty()) {
            LOG.warn("Kafka did not take all events: {} were not acknowledged, {} bytes wait on disk.",
                    unanswered.size(), spool.bytes());
        }
        try {
            spool.close();
        } catch (IOException e) {
            LOG.error("Events that wait for Kafka could not be written to disk: {}", e.toString());
        }
    }
}
