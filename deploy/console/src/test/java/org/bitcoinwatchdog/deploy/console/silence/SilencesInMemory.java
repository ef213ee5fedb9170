package org.bitcoinwatchdog.deploy.console.silence;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.alerts.silence.Silence;
import org.bitcoinwatchdog.deploy.console.silence.SilenceBook.NewSilence;

/** Silences without a worker, for viewing the page and for tests of its HTTP side. */
public final class SilencesInMemory implements SilenceBook {
    private final Clock clock;
    private final List<Silence> silences = new ArrayList<>();
    private long version;

    public SilencesInMemory(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized long version() {
        return version;
    }

    @Override
    public synchronized List<SilenceView> view() {
        return silences.stream().map(silence -> SilenceView.of(silence, clock.instant())).toList();
    }

    @Override
    public synchronized String add(NewSilence silence) {
        Instant now = clock.instant();
        String id = "silence-" + ++version;
        silences.add(new Silence(id, silence.matchers(), silence.author(), silence.comment(), now, silence.endsAt(now)));
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
