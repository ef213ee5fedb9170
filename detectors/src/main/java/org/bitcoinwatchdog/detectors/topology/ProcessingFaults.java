package org.bitcoinwatchdog.detectors.topology;

import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.bitcoinwatchdog.detectors.node.WatchFault;
import org.bitcoinwatchdog.events.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a record that the watchdog failed to take in aside, in {@link Topics#DEAD_LETTERS}, so that the next one goes on
 * (KIP-1033). Any other exception is Kafka's or its client's: it ends the thread, which another replaces.
 */
public final class ProcessingFaults implements ProcessingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessingFaults.class);

    private Counts counts;

    @Override
    public void configure(Map<String, ?> configs) {
        counts = (Counts) configs.get(DeadLetters.COUNTS);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (!(exception instanceof WatchFault)) {
            return Response.fail();
        }
        LOG.error("A record of {} partition {} offset {} is put aside", context.topic(), context.partition(), context.offset(),
                exception);
        if (counts != null) {
            counts.deadLetter();
            counts.fault(exception.getMessage());
        }
        return Response.resume(List.of(DeadLetters.of(context, exception)));
    }
}
