package org.bitcoinwatchdog.alerts.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert.NotificationReason;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Severity;
import org.junit.jupiter.api.Test;

class DeduplicationTest {
    private static final Optional<Duration> REPEAT = Optional.of(Duration.ofHours(4));
    private static final Instant NOW = Alerts.START.plusSeconds(600);

    private final Alert page = Alerts.firing("alice");
    private final NotificationLogEntry told = NotificationLogEntry.delivered(States.at(10, page), false, NOW);

    @Test
    void anEndOlderThanTheLogIsNotNews() {
        Alert later = Alerts.again(page);
        NotificationLogEntry tellsLater = NotificationLogEntry.delivered(States.at(12, later), false, NOW);
        assertThat(reason(11, Alerts.resolved(page), tellsLater)).isEmpty();
    }

    @Test
    void theNextEpisodeIsABeginningEvenIfTheEndBetweenWasMissed() {
        assertThat(reason(11, Alerts.again(page), told)).contains(NotificationReason.BEGAN);
    }

    @Test
    void aClockThatWasSetBackHidesNoEnd() {
        Instant earlier = page.updatedAt().minusSeconds(3_600);
        Alert resolved = new Alert(AlertStatus.RESOLVED, page.labels(), page.annotations(), page.startsAt(), earlier,
                earlier, null, page.evidence());
        assertThat(reason(11, resolved, told)).contains(NotificationReason.ENDED);
    }

    @Test
    void aTopicThatBeganAnewHidesNothing() {
        assertThat(reason(0, Alerts.resolved(page), told)).contains(NotificationReason.ENDED);
        assertThat(reason(0, Alerts.again(page), told)).contains(NotificationReason.BEGAN);
    }

    @Test
    void aReplayedSeverityIsNoChange() {
        Alert warn = Alerts.withSeverity(page, Severity.WARN);
        NotificationLogEntry tellsWarn = NotificationLogEntry.delivered(States.at(11, warn), false, NOW);
        assertThat(reason(10, page, tellsWarn)).isEmpty();
    }

    @Test
    void evidenceIsNewsIfItGrewMuchAfterWhatWasTold() {
        assertThat(reason(11, Alerts.refreshed(page, 60), told)).isEmpty();
        Alert grown = Alerts.grown(page, 5);
        assertThat(reason(11, grown, told)).contains(NotificationReason.GREW);

        NotificationLogEntry tellsGrown = NotificationLogEntry.delivered(States.at(11, grown), false, NOW);
        assertThat(reason(11, grown, tellsGrown)).isEmpty();
        assertThat(reason(12, Alerts.grown(grown, 30), tellsGrown)).contains(NotificationReason.GREW);
        assertThat(reason(10, grown, tellsGrown)).isEmpty();
    }

    @Test
    void growthOfWhatNobodyWasToldIsNoNewsOfItsOwn() {
        NotificationLogEntry deadLetter = NotificationLogEntry.undeliverable(States.at(10, page), false, false, NOW);
        assertThat(reason(11, Alerts.grown(page, 5), deadLetter)).isEmpty();
    }

    @Test
    void withoutARepeatThereAreNoReminders() {
        assertThat(Deduplication.reason(States.at(10, page), Optional.of(told), Optional.empty(),
                NOW.plus(Duration.ofDays(300)))).isEmpty();
    }

    private static Optional<NotificationReason> reason(long offset, Alert alert, NotificationLogEntry last) {
        return Deduplication.reason(States.at(offset, alert), Optional.of(last), REPEAT, NOW);
    }
}
