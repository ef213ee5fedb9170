package org.bitcoinwatchdog.deploy.console.silence;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Silences that no worker heeds, for looking at the page and for tests of its HTTP side. */
public final class SilencesInMemory implements SilenceBook {
    private final Clock clock;
    private final List<SilenceView> silences = new ArrayList<>();
    private long version;

    public SilencesInMemory(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized long version() {
        return version;
    }

    @Override
    public synchronized View view() {
        return new View(true, List.copyOf(silences));
    }

    @Override
    public synchronized String add(NewSilence silence) {
        long now = clock.millis();
        String id = "silence-" + ++version;
        silences.add(new SilenceView(id, "active", silence.matchers(), silence.author(), silence.comment(), now,
                now + silence.durationS() * 1_000));
        return id;
    }

    @Override
    public synchronized void expire(String id) {
        if (!silences.removeIf(silence -> silence.id().equals(id))) {
            throw new IllegalArgumentException("no such silence");
        }
        version++;
    }
}
