package org.bitcoinwatchdog.alerts;

import java.util.List;

/** Tries the sinks from the outside of the pipeline, for a person who waits for the answer. */
public final class SinkProbe {
    /**
     * @param sink   the sink's name
     * @param good   whether the sink did what was asked
     * @param detail one line for a person, without secrets
     */
    public record Answer(String sink, boolean good, String detail) {
    }

    private final AlertSettings settings;

    public SinkProbe(AlertSettings settings) {
        this.settings = settings;
    }

    /** Whether each sink's secrets can be read and its host can be connected to. Nothing is sent. */
    public List<Answer> reach() {
        throw new UnsupportedOperationException("not yet, for " + settings.sinks().size() + " sinks");
    }

    /** Sends a test alert, and its end, to the sink of that name, or to every sink where the name is empty. */
    public List<Answer> sendTestAlert(java.util.Optional<String> sink) {
        throw new UnsupportedOperationException("not yet, for " + settings.sinks().size() + " sinks " + sink);
    }
}
