package org.bitcoinwatchdog.detectors.alerting;

import java.util.Optional;
import java.util.function.Supplier;
import org.bitcoinwatchdog.events.Severity;

/**
 * What a rule finds at one moment. {@link AlertState#take} turns it into an alert.
 *
 * @param severity empty if nothing is found
 * @param finding  the finding, or the text of an alert that resolves; called only when a record is written
 */
public record Judgement(Effect effect, Optional<Severity> severity, Supplier<Finding> finding) {
    /** Neither worse nor better than before. */
    public static final Judgement UNDECIDED = new Judgement(Effect.UNDECIDED, Optional.empty(), () -> {
        throw new IllegalStateException("nothing is judged");
    });

    /** What it does to the alert. */
    public enum Effect {
        JUDGED,
        /** The alert resolves at once, without waiting for the cause to come back. */
        OVER,
        UNDECIDED
    }

    /** @param over text of the alert when it resolves */
    public static Judgement of(Optional<Severity> severity, Supplier<Finding> finding, Supplier<Finding> over) {
        return new Judgement(Effect.JUDGED, severity, severity.isPresent() ? finding : over);
    }

    /** As {@link #of(Optional, Supplier, Supplier)}, with one severity. */
    public static Judgement of(boolean found, Severity severity, Supplier<Finding> finding, Supplier<Finding> over) {
        return of(found ? Optional.of(severity) : Optional.empty(), finding, over);
    }

    public static Judgement over(Supplier<Finding> finding) {
        return new Judgement(Effect.OVER, Optional.empty(), finding);
    }
}
