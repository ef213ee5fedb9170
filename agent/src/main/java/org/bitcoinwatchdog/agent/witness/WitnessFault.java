package org.bitcoinwatchdog.agent.witness;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Why a witness's answer can't be used. The message holds nothing that the witness wrote. */
final class WitnessFault extends IOException {
    private static final long serialVersionUID = 1;

    private final transient Optional<Duration> retryAfter;

    WitnessFault(String message) {
        this(message, Optional.empty());
    }

    WitnessFault(String message, Optional<Duration> retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    /** How long the witness asks to be left alone. */
    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
