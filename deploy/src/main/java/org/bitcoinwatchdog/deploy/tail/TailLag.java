package org.bitcoinwatchdog.deploy.tail;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;

/** Reports, every ten seconds, that events come faster than they can be shown. */
final class TailLag {
    private static final Duration LATE = Duration.ofSeconds(3);
    private static final Duration TELL_EVERY = Duration.ofSeconds(10);

    private final Clock clock;
    private final Consumer<String> out;
    private Instant tellAgain = Instant.MIN;
    private boolean told;

    TailLag(Clock clock, Consumer<String> out) {
        this.clock = clock;
        this.out = out;
    }

    /**
     * @param unread events that come after these. Without them, events are late because of the agent or its clock, not because
     *               of this command
     */
    void tell(ConsumerRecords<?, ?> records, long unread) {
        Instant now = clock.instant();
        Duration late = Duration.ZERO;
        for (ConsumerRecord<?, ?> record : records) {
            late = Duration.between(Instant.ofEpochMilli(record.timestamp()), now);
            break;
        }
        if (late.compareTo(LATE) > 0 && unread > 0) {
            if (!now.isBefore(tellAgain)) {
                out.accept("BEHIND  by " + late.toSeconds() + " s, " + unread + " events to read");
                tellAgain = now.plus(TELL_EVERY);
                told = true;
            }
        } else if (told && unread == 0) {
            out.accept("BEHIND  no longer");
            told = false;
        }
    }
}
