package org.bitcoinwatchdog.alerts.silence;

import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bitcoinwatchdog.alerts.matching.Matchers;

/** All silences that are known now, for any thread. */
public final class Silences {
    private record MatchedSilence(Silence silence, Matchers matchers) {
        boolean holds(Map<String, String> labels, Instant now) {
            return silence.state(now) == Silence.SilenceState.ACTIVE && matchers.match(labels);
        }
    }

    private final Map<String, MatchedSilence> entries = new ConcurrentHashMap<>();

    public void put(Silence silence) {
        entries.put(silence.id(), new MatchedSilence(silence, new Matchers(silence.matchers())));
    }

    /**
     * A record of {@code watchdog.silences}.
     *
     * @return false if it is not a silence; then nothing changes
     */
    public boolean change(String id, byte[] json) {
        if (json == null) {
            remove(id);
            return true;
        }
        try {
            Silence silence = SilenceJson.read(json);
            if (!silence.id().equals(id)) {
                return false; // it would replace another one
            }
            put(silence);
            return true;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }

    public void remove(String id) {
        entries.remove(id);
    }

    public Optional<Silence> get(String id) {
        return Optional.ofNullable(entries.get(id)).map(MatchedSilence::silence);
    }

    /** In the order in which they start. */
    public List<Silence> all() {
        return entries.values().stream().map(MatchedSilence::silence)
                .sorted(Comparator.comparing(Silence::startsAt).thenComparing(Silence::id)).toList();
    }

    /** Until when the known silences silence an alert with these labels; empty: they do not. */
    public Optional<Instant> silencedUntil(Map<String, String> labels, Instant now) {
        return entries.values().stream()
                .filter(entry -> entry.holds(labels, now))
                .map(entry -> entry.silence().endsAt())
                .max(Comparator.naturalOrder());
    }
}
