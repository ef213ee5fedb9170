package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bitcoinwatchdog.events.Alert;

/** The states of a group that is flushed, by the decision about each. */
final class Batch {
    /** In one notification; Slack and mail show fewer. The rest follows at once. */
    private static final int MOST_NEWS = 500;
    /** Listed beside the news. A large group changes all the time: a sink that got all of it each time would fall behind. */
    private static final int MOST_CONTEXT = 100;
    /** Of the alerts as the log has them, for news and context each: receivers limit the size of a body. */
    private static final int MOST_BYTES = 1 << 20;

    private final List<BatchEntry> news = new ArrayList<>();
    private final List<BatchEntry> context = new ArrayList<>();
    private final List<AlertRecord> firing = new ArrayList<>();
    private int muted;
    private Instant mutedUntil = Instant.MAX;

    void add(BatchEntry entry, Decision decision, Optional<Instant> mutedUntil) {
        Alert alert = entry.record().alert();
        switch (decision) {
            case NOTIFY, NOTIFY_NOW -> news.add(entry);
            case CONTEXT -> context.add(entry);
            case MUTED -> mute(mutedUntil.orElse(Instant.MAX));
            case FORGET, KEEP, HOLD -> { }
        }
        if (alert.firing() && decision != Decision.MUTED) {
            firing.add(entry.record());
        }
    }

    private void mute(Instant until) {
        muted++;
        mutedUntil = until.isBefore(mutedUntil) ? until : mutedUntil;
    }

    /** What the sink does not know yet, and reminders. */
    List<BatchEntry> news() {
        return news;
    }

    /** The firing states that are not muted. */
    List<AlertRecord> firing() {
        return firing;
    }

    /** How many firing states are muted. */
    int muted() {
        return muted;
    }

    /** When time ends the first mute. */
    Optional<Instant> mutedUntil() {
        return Optional.of(mutedUntil).filter(time -> !time.equals(Instant.MAX));
    }

    /** What the next notification contains. */
    List<BatchEntry> next() {
        return Stream.concat(news.stream().limit(fitting(news, MOST_NEWS)),
                context.stream().limit(fitting(context, MOST_CONTEXT))).toList();
    }

    /** The news that wait for the notification after it. */
    List<BatchEntry> later() {
        return news.subList(fitting(news, MOST_NEWS), news.size());
    }

    int size() {
        return news.size() + context.size();
    }

    /** How many entries fit into one notification, at least one. */
    private static int fitting(List<BatchEntry> entries, int most) {
        int count = 0;
        long bytes = 0;
        while (count < Math.min(entries.size(), most)) {
            bytes += entries.get(count).record().bytes();
            if (count > 0 && bytes > MOST_BYTES) {
                break;
            }
            count++;
        }
        return count;
    }
}
