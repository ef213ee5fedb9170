package org.bitcoinwatchdog.detectors.topology;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.bitcoinwatchdog.detectors.node.NodeWatch;
import org.bitcoinwatchdog.events.Topics;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends a record that the watchdog failed to process to {@link Topics#DEAD_LETTERS} and continues with the next
 * (KIP-1033). Any other exception comes from Kafka or its client: it ends the thread, and another replaces it.
 */
public final class ProcessingFaults implements ProcessingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProcessingFaults.class);

    private static final long LOGGED_EVERY_NS = Duration.ofMinutes(1).toNanos();

    private Counts counts;
    private boolean logged;
    private long loggedAtNs;

    @Override
    public void configure(Map<String, ?> configs) {
        counts = (Counts) configs.get(DeadLetters.COUNTS);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, Record<?, ?> record, Exception exception) {
        if (!(exception instanceof NodeWatch.WatchFault)) {
            return Response.fail();
        }
        log(context, exception);
        if (counts != null) {
            counts.deadLetter();
            counts.fault(exception.getMessage());
        }
        return Response.resume(List.of(DeadLetters.of(context, exception)));
    }

    /** One log line a minute, since every record may fail. The metric and the dead letters have all faults. */
    private synchronized void log(ErrorHandlerContext context, Exception exception) {
        long now = System.nanoTime();
        if (logged && now - loggedAtNs < LOGGED_EVERY_NS) {
            return;
        }
        logged = true;
        loggedAtNs = now;
        LOG.error("Record {} of {} partition {} goes to the dead letters; such faults are logged once a minute",
                context.offset(), context.topic(), context.partition(), exception);
    }
}
