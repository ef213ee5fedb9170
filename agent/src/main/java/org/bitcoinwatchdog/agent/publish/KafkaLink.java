package org.bitcoinwatchdog.agent.publish;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.bitcoinwatchdog.events.Loss;
import org.bitcoinwatchdog.events.Topics;

/**
 * The producer and the events that it holds. A producer that failed for good is replaced, and its events are sent
 * again. An event is lost only if Kafka refuses that event. If Kafka refuses for another reason, for example for lack
 * of rights, the event waits.
 */
final class KafkaLink {
    private static final long FIRST_BACK_OFF_NS = 100_000_000;
    private static final long LONGEST_BACK_OFF_NS = 10_000_000_000L;

    private final Map<String, Object> properties;
    private final InFlight inFlight;
    private Producer<String, byte[]> producer;
    private volatile boolean broken;
    /** While the producer is being replaced, its reports on events are ignored. */
    private volatile boolean givingUp;
    private final Refusals refusals = new Refusals(System::nanoTime);
    private volatile long backOffNs = FIRST_BACK_OFF_NS;
    private long reopenAtNs = System.nanoTime();

    KafkaLink(Map<String, Object> properties, long mostBytesInFlight) {
        this.properties = properties;
        this.inFlight = new InFlight(mostBytesInFlight);
        this.producer = new KafkaProducer<>(properties);
    }

    /** What Kafka refuses now, and whether those events are lost. */
    Optional<String> obstacle() {
        return refusals.obstacle();
    }

    /** Hands the event to the producer; false if the producer takes none now, and the caller keeps the event. */
    boolean send(PendingEvent event) {
        if (broken || inFlight.isFull()) {
            return false;
        }
        Attempt attempt = new Attempt(inFlight.add(event));
        event.account().send();
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

    /**
     * Replaces a broken producer if it is time.
     *
     * @return the events that it held, to be sent before all others; empty if no producer was replaced
     */
    List<PendingEvent> reopenWhereBroken() {
        if (!broken || System.nanoTime() - reopenAtNs < 0) {
            return List.of();
        }
        reopenAtNs = System.nanoTime() + backOffNs;
        backOffNs = Math.min(2 * backOffNs, LONGEST_BACK_OFF_NS);
        List<PendingEvent> unanswered = close(Duration.ZERO);
        producer = new KafkaProducer<>(properties);
        givingUp = false;
        broken = false;
        return unanswered;
    }

    /** The events that Kafka has not acknowledged after that time, oldest first. */
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
        long timeMs = Math.max(0, event.timeNs() / 1_000_000); // Kafka accepts no time before 1970
        return new ProducerRecord<>(Topics.NODE_EVENTS, null, timeMs, event.account().node(), event.value());
    }

    /** One attempt to send an event. The producer answers later from its own thread, or at once if it refuses. */
    private final class Attempt {
        private final InFlight.UnansweredEvent entry;
        private final Thread offering = Thread.currentThread();
        private Exception failure;

        private Attempt(InFlight.UnansweredEvent entry) {
            this.entry = entry;
        }

        private void answered(Object metadata, Exception exception) {
            if (exception == null) {
                entry.event().account().acknowledge();
                inFlight.answered(entry);
                backOffNs = FIRST_BACK_OFF_NS;
            } else if (Thread.currentThread() == offering) {
                failure = exception;
            } else if (!givingUp && (concernsTheEvent(exception) || isOfItsBatch(exception) && !entry.event().firstTry())) {
                refused(exception);
            } else if (!givingUp) {
                waits(exception);
                broken = true;
            }
        }

        private boolean taken() {
            if (failure == null) {
                return true;
            }
            if (concernsTheEvent(failure)) {
                refused(failure);
                return true;
            }
            if (failure instanceof ApiException && !(failure instanceof RetriableException)) {
                waits(failure);
            }
            inFlight.removeLast(entry);
            entry.event().account().takeBack();
            return false;
        }

        private void refused(Exception exception) {
            refusals.add(entry.event().account().node(), exception, "which are lost");
            entry.event().account().takeBack();
            entry.event().lose(Loss.Cause.CAUSE_REFUSED_BY_KAFKA);
            inFlight.answered(entry);
        }

        private void waits(Exception exception) {
            refusals.add(entry.event().account().node(), exception, "which wait in memory and on disk");
        }

        /** How Kafka's producer reports the events that shared a batch with a refused event. */
        private static boolean isOfItsBatch(Exception exception) {
            return exception.getClass() == KafkaException.class;
        }

        /** Kafka would refuse the same event again. */
        private static boolean concernsTheEvent(Exception exception) {
            return exception instanceof RecordTooLargeException || exception instanceof RecordBatchTooLargeException
                    || exception instanceof InvalidTimestampException || exception instanceof InvalidRecordException
                    || exception instanceof CorruptRecordException || exception instanceof SerializationException;
        }
    }
}
