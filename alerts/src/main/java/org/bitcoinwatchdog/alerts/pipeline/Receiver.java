package org.bitcoinwatchdog.alerts.pipeline;

import java.util.Optional;
import java.util.function.Consumer;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A sink with its name and its queue. */
record Receiver(String name, Sink sink, SinkQueue queue) {
    private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

    /** The timing of the route, unless the sink has its own reminders or takes no groups. */
    Timing timing(Route route) {
        Timing timing = sink.takesGroups() ? route.timing() : route.timing().ungrouped();
        return sink.reminders().isEmpty() ? timing : new Timing(timing.firstWait(), timing.interval(), sink.reminders());
    }

    /** Flushes each group that is due, until the queue is closed. */
    void serve(Pipeline pipeline, Consumer<Throwable> onFault) {
        try {
            for (Optional<Flush> due = queue.await(); due.isPresent(); due = queue.await()) {
                pipeline.flush(this, due.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("a bug in the pipeline ends the notifications to {}", name, e);
            onFault.accept(e);
        }
    }
}
