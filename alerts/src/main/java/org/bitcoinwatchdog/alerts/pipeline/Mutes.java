package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Instant;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.inhibition.Inhibition;
import org.bitcoinwatchdog.alerts.silence.Silences;
import org.bitcoinwatchdog.events.Alert;

/** The silences and the alerts that mute others. Only firing alerts are muted, never their end. */
public record Mutes(Inhibition inhibition, Silences silences) {
    /** Until when the alert is muted, {@link Instant#MAX} if no time is set; empty if it is not muted. */
    Optional<Instant> mutedUntil(Alert alert, Instant now) {
        if (!alert.firing()) {
            return Optional.empty();
        }
        return inhibition.inhibits(alert) ? Optional.of(Instant.MAX) : silences.silencedUntil(alert.labels(), now);
    }
}
