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
 * The producer and what it holds. A producer that failed for good is replaced, and what it held is sent again. An event is
 * lost only if Kafka refuses that event; what is refused for the agent's lack of rights, for one, waits.
 */
final class KafkaLink {
    private static final long FIRST_BACK_OFF_NS = 100_000_000;
    private static final long LONGEST_BACK_OFF_NS = 10_000_000_000L;

    private final Map<String, Object> properties;
    private final InFlight inFlight;
    private Producer<String, byte[]> producer;
    private volatile boolean broken;
    /** While the producer is given up, what it says about its events means nothing. */
    private volatile boolean givingUp;
    private final Refusals refusals = new Refusals(System::nanoTime);
    private volatile long backOffNs = FIRST_BACK_OFF_NS;
    private long reopenAtNs = System.nanoTime();

    KafkaLink(Map<String, Object> properties, long mostBytesInFlight) {
        this.properties = properties;
        this.inFlight = new InFlight(mostBytesInFlight);
        this.producer = new KafkaProducer<>(properties);
    }

    /** What Kafka refuses now, and what becomes of it. */
    Optional<String> obstacle() {
        return refusals.obstacle();
    }

    /** Hands the event to the producer. False where that takes none now: the event stays with the caller. */
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

    /** What the broken producer held, to be offered again before all else; empty while it is not to be replaced. */
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
        long timeMs = Math.max(0, event.timeNs() / 1_000_000); // Kafka takes no time before 1970
        return new ProducerRecord<>(Topics.NODE_EVENTS, null, timeMs, event.account().node(), event.value());
    }

    /** One handing over. The producer answers from its own thread later, or at once where it refuses. */
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

        /** What Kafka's producer says of the events that were in one batch with a refused one. */
        private static boolean isOfItsBatch(Exception exception) {
            return exception.getClass() == KafkaException.class;
        }

        /** Another attempt with the same event would be refused as well. */
        private static boolean concernsTheEvent(Exception exception) {
            return exception instanceof RecordTooLargeException || exception instanceof RecordBatchTooLargeException
                    || exception instanceof InvalidTimestampException || exception instanceof InvalidRecordException
                    || exception instanceof CorruptRecordException || exception instanceof SerializationException;
        }
    }
}
