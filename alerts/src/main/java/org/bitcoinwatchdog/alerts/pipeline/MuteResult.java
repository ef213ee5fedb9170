package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bitcoinwatchdog.events.Alert;

/**
 * What of a due group's states is not hidden. Only what fires is hidden: who was told of a beginning hears of the end.
 *
 * @param hidden whether something is
 * @param until  when the first of it may come to light by time alone
 */
record MuteResult(List<AlertRecord> states, boolean hidden, Optional<Instant> until) {
    static MuteResult all(List<AlertRecord> states) {
        return new MuteResult(states, false, Optional.empty());
    }

    /** @param hiddenUntil for an alert; empty: it is not hidden; {@link Instant#MAX}: by something without an end of its own */
    MuteResult hide(Function<Alert, Optional<Instant>> hiddenUntil) {
        List<AlertRecord> shown = new ArrayList<>(states.size());
        Instant first = until.orElse(Instant.MAX);
        for (AlertRecord state : states) {
            Optional<Instant> end = state.alert().firing() ? hiddenUntil.apply(state.alert()) : Optional.empty();
            if (end.isEmpty()) {
                shown.add(state);
            } else if (end.get().isBefore(first)) {
                first = end.get();
            }
        }
        return new MuteResult(shown, hidden || shown.size() < states.size(),
                Optional.of(first).filter(time -> !time.equals(Instant.MAX)));
    }
}
