package org.bitcoinwatchdog.events.follow;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link TopicFollower} in a thread of its own. It opens as soon as Kafka answers. */
public final class FollowerThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FollowerThread.class);
    private static final Duration CATCH_UP_POLL = Duration.ofMillis(200);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(6);
    private static final Duration BACK_OFF = Duration.ofSeconds(1);

    /** Takes the records, in the follower's thread. */
    public interface OnRecord {
        /** @param waited whether the record was in its partition before the follower came to that partition */
        void read(ConsumerRecord<byte[], byte[]> record, boolean waited);
    }

    private final Map<String, Object> kafka;
    private final String topic;
    private final Start start;
    private final Class<? extends KafkaException> triedAgain;
    private final OnRecord reader;
    private final Consumer<Throwable> onFault;
    private final CompletableFuture<Boolean> caughtUp = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile TopicFollower follower;
    private boolean away;

    /**
     * Tries again, as long as it takes, if Kafka does not answer.
     *
     * @param kafka   {@code bootstrap.servers} and whatever the connection needs
     * @param onFault gets the reason if following ends by itself
     */
    public FollowerThread(Map<String, Object> kafka, String topic, Start start, OnRecord reader, Consumer<Throwable> onFault) {
        this(kafka, topic, start, RetriableException.class, reader, onFault);
    }

    /** @param triedAgain these exceptions of Kafka do not end the following */
    public FollowerThread(Map<String, Object> kafka, String topic, Start start, Class<? extends KafkaException> triedAgain,
            OnRecord reader, Consumer<Throwable> onFault) {
        this.kafka = Map.copyOf(kafka);
        this.topic = topic;
        this.start = start;
        this.triedAgain = triedAgain;
        this.reader = reader;
        this.onFault = onFault;
        this.thread = new Thread(this::run, "follow-" + topic);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /**
     * Waits until everything was read that was in the topic at the start.
     *
     * @return false if that takes too long, or if following has ended
     */
    public boolean awaitCaughtUp(Duration patience) throws InterruptedException {
        try {
            return caughtUp.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("it completes with a value only", e);
        } catch (TimeoutException e) {
            return false;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        caughtUp.complete(false);
        TopicFollower open = follower;
        if (open != null) {
            open.stop();
        }
        try {
            thread.join(CLOSE_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isClosing()) {
                if (!follow()) {
                    closing.await(BACK_OFF.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (WakeupException | InterruptException e) {
            LOG.debug("following {} ends", topic);
        } catch (RuntimeException | Error e) { // also without memory: a follower that does not read must not seem to
            LOG.error("following {} ends by a fault", topic, e);
            onFault.accept(e);
        } finally {
            caughtUp.complete(false);
            if (follower != null) {
                follower.close();
            }
        }
    }

    /** One round. False if Kafka does not answer. */
    private boolean follow() {
        Optional<ConsumerRecords<byte[], byte[]>> records = poll();
        records.ifPresent(found -> found.forEach(record -> reader.read(record, follower.waited(record))));
        if (records.isPresent() && !caughtUp.isDone() && follower.caughtUp()) {
            caughtUp.complete(true);
        }
        return records.isPresent();
    }

    private Optional<ConsumerRecords<byte[], byte[]>> poll() {
        try {
            if (follower == null) {
                follower = new TopicFollower(kafka, topic, start, TopicFollower.LOOK_FOR_PARTITIONS);
            }
            Optional<ConsumerRecords<byte[], byte[]>> records =
                    Optional.of(isClosing() ? ConsumerRecords.empty() : follower.poll(caughtUp.isDone() ? TopicFollower.LONGEST_FETCH : CATCH_UP_POLL));
            if (away) {
                LOG.info("{} is read again", topic);
            }
            away = false;
            return records;
        } catch (WakeupException | InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            if (!triedAgain.isInstance(e)) {
                throw e;
            }
            if (!away) {
                LOG.warn("can't read {}, trying again each second: {}", topic, e.toString());
            }
            away = true;
            return Optional.empty();
        }
    }

    private boolean isClosing() {
        return closing.getCount() == 0;
    }
}
