package org.bitcoinwatchdog.agent.publish;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.bitcoinwatchdog.events.Loss;
import org.bitcoinwatchdog.events.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The producer and what it holds. A producer that failed for good is replaced, and what it held is sent again. */
final class KafkaLink {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaLink.class);

    private final Map<String, Object> properties;
    private final InFlight inFlight;
    private Producer<String, byte[]> producer;
    private boolean broken;
    /** While the producer is given up, what it says about its events means nothing. */
    private volatile boolean givingUp;
    private String lastRefusal = "";

    KafkaLink(Map<String, Object> properties, long mostBytesInFlight) {
        this.properties = properties;
        this.inFlight = new InFlight(mostBytesInFlight);
        this.producer = new KafkaProducer<>(properties);
    }

    /** Hands the event to the producer. False where that takes none now: the event stays with the caller. */
    boolean offer(PendingEvent event) {
        if (broken || inFlight.isFull()) {
            return false;
        }
        Attempt attempt = new Attempt(inFlight.add(event));
        event.account().publish();
        try {
            producer.send(record(event), attempt::answered);
        } catch (InterruptException e) {
            attempt.failure = e;
            Thread.interrupted();
        } catch (KafkaException | IllegalStateException e) {
            broken = true;
            attempt.failure = e;
        }
        return attempt.taken();
    }

    /** What the broken producer held, to be offered again before all else; nothing where it is not broken. */
    List<PendingEvent> reopenWhereBroken() {
        if (!broken) {
            return List.of();
        }
        List<PendingEvent> unanswered = close(Duration.ZERO);
        producer = new KafkaProducer<>(properties);
        givingUp = false;
        broken = false;
        return unanswered;
    }

    /** What Kafka has not acknowledged after that time, oldest first. */
    List<PendingEvent> close(Duration timeout) {
        if (!timeout.isZero()) {
            awaitAnswers(timeout);
        }
        givingUp = true;
        producer.close(Duration.ZERO);
        List<PendingEvent> unanswered = inFlight.takeUnanswered();
        unanswered.forEach(event -> event.account().takeBack());
        return unanswered;
    }

    private void awaitAnswers(Duration timeout) {
        long end = System.nanoTime() + timeout.toNanos();
        while (!inFlight.isEmpty() && System.nanoTime() - end < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static ProducerRecord<String, byte[]> record(PendingEvent event) {
        long timeMs = event.timeNs() / 1_000_000;
        return new ProducerRecord<>(Topics.NODE_EVENTS, null, timeMs, event.account().node(), event.value());
    }

    /** One handing over. The producer answers from its own thread later, or at once where it refuses. */
    private final class Attempt {
        private final InFlight.Entry entry;
        private final Thread offering = Thread.currentThread();
        private Exception failure;

        private Attempt(InFlight.Entry entry) {
            this.entry = entry;
        }

        private void answered(Object metadata, Exception exception) {
            if (exception == null) {
                entry.event().account().acknowledge();
                inFlight.answered(entry);
            } else if (Thread.currentThread() == offering) {
                failure = exception;
            } else if (!givingUp) {
                refused(exception);
            }
        }

        private boolean taken() {
            if (failure == null) {
                return true;
            }
            if (failure instanceof RecordTooLargeException || failure instanceof SerializationException) {
                refused(failure);
                return true;
            }
            inFlight.removeLast(entry);
            entry.event().account().takeBack();
            return false;
        }

        private void refused(Exception exception) {
            String refusal = exception.toString();
            if (!refusal.equals(lastRefusal)) {
                LOG.warn("Kafka refused an event of {}: {}", entry.event().account().node(), refusal);
                lastRefusal = refusal;
            }
            entry.event().account().takeBack();
            entry.event().lose(Loss.Cause.CAUSE_REFUSED_BY_KAFKA);
            inFlight.answered(entry);
        }
    }
}
