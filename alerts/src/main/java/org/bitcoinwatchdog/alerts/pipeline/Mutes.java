package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Instant;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.inhibition.Inhibition;
import org.bitcoinwatchdog.alerts.silence.Silences;
import org.bitcoinwatchdog.events.Alert;

/** What keeps people from being told of an alert that fires. */
public record Mutes(Inhibition inhibition, Silences silences) {
    Optional<Instant> inhibited(Alert alert) {
        return inhibition.inhibits(alert) ? Optional.of(Instant.MAX) : Optional.empty();
    }

    Optional<Instant> silenced(Alert alert, Instant now) {
        return silences.silencedUntil(alert.labels(), now);
    }
}
