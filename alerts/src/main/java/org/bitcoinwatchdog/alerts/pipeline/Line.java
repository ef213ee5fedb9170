package org.bitcoinwatchdog.alerts.pipeline;

import org.bitcoinwatchdog.alerts.notification.Sink;

/** A sink with its name and its queue: nothing that it does or fails to do holds up another. */
record Line(String name, Sink sink, SinkQueue queue) {
}
