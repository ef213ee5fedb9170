package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Instant;
import java.util.Optional;

/**
 * How a sink has fared since this worker began.
 *
 * @param failingSince when the first of the attempts failed that failed since the last success; empty: none did
 */
public record SinkState(Optional<Instant> lastSuccess, Optional<Instant> failingSince) {
    static final SinkState NEVER_TRIED = new SinkState(Optional.empty(), Optional.empty());

    SinkState succeeded(Instant now) {
        return new SinkState(Optional.of(now), Optional.empty());
    }

    SinkState failed(Instant now) {
        return new SinkState(lastSuccess, failingSince.or(() -> Optional.of(now)));
    }
}
