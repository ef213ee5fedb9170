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
 * Sends a record that can't be read to {@link Topics#DEAD_LETTERS}, as it came, with headers that tell where it was and
 * why, counts it, and goes on. In the same transaction as everything else, so it is there exactly once.
 */
public final class DeadLetters implements DeserializationExceptionHandler {
    /** Under this configuration key an instance of {@link Counts} is passed. */
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

    /** The source record as it came, with where it was and why it is here. */
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
