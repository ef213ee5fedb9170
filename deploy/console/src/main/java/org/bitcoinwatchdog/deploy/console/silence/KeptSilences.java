package org.bitcoinwatchdog.deploy.console.silence;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.bitcoinwatchdog.alerts.SilenceStore;
import org.bitcoinwatchdog.deploy.console.silence.SilenceBook.NewSilence;
import org.bitcoinwatchdog.deploy.console.silence.SilenceBook.SilencesUnavailable;

/** The silences of the alert workers. */
public final class KeptSilences implements SilenceBook {
    /** Of those that are over. */
    private static final int MOST = 500;

    private final SilenceStore store;
    private final Clock clock;

    public KeptSilences(SilenceStore store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public List<SilenceView> view() {
        Instant now = clock.instant();
        return store.all().stream()
                .map(silence -> SilenceView.of(silence, now))
                .sorted(Comparator.comparing((SilenceView silence) -> silence.state().equals("expired")).thenComparing(SilenceView::endsMs))
                .limit(MOST)
                .toList();
    }

    @Override
    public long version() {
        Instant now = clock.instant();
        // Silences also begin and end by time, which does not change the store's version.
        return store.version() << 16 ^ store.all().stream().mapToInt(silence -> silence.state(now).ordinal()).sum();
    }

    @Override
    public String add(NewSilence silence) {
        return kept(() -> store.add(silence.matchers(), silence.author(), silence.comment(), Optional.empty(),
                silence.endsAt(clock.instant()))).id();
    }

    @Override
    public void expire(String id) {
        kept(() -> store.expire(id));
    }

    private static <T> T kept(Supplier<T> change) {
        try {
            return change.get();
        } catch (KafkaException e) {
            throw new SilencesUnavailable(e);
        }
    }
}
