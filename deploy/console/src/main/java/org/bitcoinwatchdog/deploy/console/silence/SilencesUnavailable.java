package org.bitcoinwatchdog.deploy.console.silence;

/** Kafka did not take a change of the silences. */
public final class SilencesUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SilencesUnavailable(Throwable cause) {
        super("Kafka did not take it: " + cause.getMessage(), cause);
    }
}
