package org.bitcoinwatchdog.alerts.pipeline;

import org.bitcoinwatchdog.alerts.notification.Sink;

/** A sink with its name and its queue: nothing that it does or fails to do holds up another. */
record Receiver(String name, Sink sink, SinkQueue queue) {
    /** The route's timing, as far as the sink leaves it to routes. */
    Timing timing(Route route) {
        Timing timing = sink.takesGroups() ? route.timing() : route.timing().ungrouped();
        return sink.reminders().isEmpty() ? timing : new Timing(timing.firstWait(), timing.interval(), sink.reminders());
    }
}
