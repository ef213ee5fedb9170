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
 * Brings events to Kafka in the order in which they were accepted. Accepting never waits: an event goes into memory; one
 * thread moves it on, to the producer while that takes events, to the disk where memory fills up, and from there to the
 * producer again, always the oldest first.
 */
public final class EventOutbox implements EventSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventOutbox.class);
    /** How soon the end is noticed where no event comes. */
    private static final long IDLE_MS = 100;
    private static final long SEND_AGAIN_MS = 10;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    private final MemoryQueue memory;
    private final Spool spool;
    private final KafkaLink kafka;
    private final Thread thread = new Thread(this::run, "publish");
    /** Taken from memory, not yet taken by Kafka. */
    private PendingEvent next;
    private volatile boolean closing;

    /**
     * @param producerProperties what the user passes to Kafka's clients
     * @param memoryBytes        for all that waits in memory, the producer's own buffer included
     * @param spoolBytes         for what waits on disk
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

    /** Does what {@link #enqueue} does, and forgets the event. */
    public static EventSink rehearsing() {
        MemoryQueue memory = new MemoryQueue(1 << 20);
        return (account, event) -> {
            memory.add(PendingEvent.accepted(account, event));
            memory.poll();
        };
    }

    /** False once its thread has ended by a fault. */
    public boolean working() {
        return thread.getState() != Thread.State.TERMINATED;
    }

    /** What Kafka refuses now, and what becomes of it. */
    public Optional<String> obstacle() {
        return kafka.obstacle();
    }

    /** Bytes of events that neither Kafka's producer nor the disk has yet. */
    public long bytesInMemory() {
        return memory.bytes();
    }

    /** Gives Kafka a few seconds to take and acknowledge what is left; the rest goes to the disk. */
    @Override
    public void close() {
        closing = true;
        if (thread.getState() == Thread.State.NEW) {
            // Never started, so nothing is waiting but the disk's leftovers, which stay there.
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

    /** One step; false where there was nothing to move. */
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
            LOG.error("What waited for Kafka could not be kept: {}", e.toString());
        }
    }
}
