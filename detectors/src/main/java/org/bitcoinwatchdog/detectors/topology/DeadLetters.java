package org.bitcoinwatchdog.detectors.topology;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.streams.errors.DeserializationExceptionHandler;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.bitcoinwatchdog.events.Topics;

/**
 * Sends an unreadable record unchanged to {@link Topics#DEAD_LETTERS}, with headers for its origin and the reason,
 * counts it, and continues. It does so in the same transaction as all other output, so exactly once.
 */
public final class DeadLetters implements DeserializationExceptionHandler {
    /** Configuration key for an instance of {@link Counts}. */
    public static final String COUNTS = "watchdog.counts";

    private Counts counts;

    @Override
    public void configure(Map<String, ?> configs) {
        counts = (Counts) configs.get(COUNTS);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception why) {
        if (counts != null) {
            counts.deadLetter();
        }
        return Response.resume(List.of(of(context, why)));
    }

    /** The source record unchanged, with its origin and the reason. */
    static ProducerRecord<byte[], byte[]> of(ErrorHandlerContext context, Throwable why) {
        ProducerRecord<byte[], byte[]> letter =
                new ProducerRecord<>(Topics.DEAD_LETTERS, null, context.sourceRawKey(), context.sourceRawValue());
        header(letter, "dead-letter-topic", context.topic());
        header(letter, "dead-letter-partition", Integer.toString(context.partition()));
        header(letter, "dead-letter-offset", Long.toString(context.offset()));
        header(letter, "dead-letter-reason", String.valueOf(why.getMessage()));
        return letter;
    }

    private static void header(ProducerRecord<byte[], byte[]> letter, String name, String value) {
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
