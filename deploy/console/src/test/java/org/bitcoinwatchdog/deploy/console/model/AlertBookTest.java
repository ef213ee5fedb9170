package org.bitcoinwatchdog.deploy.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.bitcoinwatchdog.deploy.console.SampleAlerts;
import org.bitcoinwatchdog.events.Alert;
import org.junit.jupiter.api.Test;

class AlertBookTest {
    private static final Instant BEGAN = Instant.ofEpochSecond(1_000_000);

    private final AlertBook book = new AlertBook();

    @Test
    void anAlertThatEndsHasASpanFromItsBeginToItsEnd() {
        Alert flood = SampleAlerts.flood("alice", BEGAN);
        book.fold(flood);
        book.fold(SampleAlerts.resolved(flood, Duration.ofMinutes(5)));

        AlertView alert = book.view().get(0);
        assertThat(alert.firing()).isFalse();
        assertThat(alert.spans()).containsExactly(new AlertView.AlertSpan(ms(0), ms(300), "page"));
    }

    @Test
    void aChangeOfSeverityBeginsAnotherSpan() {
        book.fold(SampleAlerts.lag("alice", "warn", BEGAN));
        book.fold(updated(SampleAlerts.lag("alice", "page", BEGAN), 60));
        book.fold(updated(SampleAlerts.lag("alice", "page", BEGAN), 120));

        assertThat(book.view().get(0).spans()).containsExactly(
                new AlertView.AlertSpan(ms(0), ms(60), "warn"), new AlertView.AlertSpan(ms(60), null, "page"));
    }

    @Test
    void anAlertThatComesBackHasTwoSpans() {
        Alert first = SampleAlerts.flood("alice", BEGAN);
        book.fold(first);
        book.fold(SampleAlerts.resolved(first, Duration.ofSeconds(10)));
        book.fold(SampleAlerts.flood("alice", BEGAN.plusSeconds(100)));

        assertThat(book.view()).hasSize(1);
        assertThat(book.view().get(0).spans()).containsExactly(
                new AlertView.AlertSpan(ms(0), ms(10), "page"), new AlertView.AlertSpan(ms(100), null, "page"));
    }

    @Test
    void whatCompactionLeftOfAnEndStillTellsTheBegin() {
        book.fold(SampleAlerts.resolved(SampleAlerts.flood("alice", BEGAN), Duration.ofSeconds(10)));

        assertThat(book.view().get(0).spans()).containsExactly(new AlertView.AlertSpan(ms(0), ms(10), "page"));
    }

    @Test
    void theSameRecordTwiceChangesNothing() {
        Alert flood = SampleAlerts.flood("alice", BEGAN);
        book.fold(flood);
        book.fold(flood);
        book.fold(SampleAlerts.resolved(flood, Duration.ofSeconds(10)));
        book.fold(SampleAlerts.resolved(flood, Duration.ofSeconds(10)));

        assertThat(book.view().get(0).spans()).containsExactly(new AlertView.AlertSpan(ms(0), ms(10), "page"));
    }

    @Test
    void pagesStandBeforeWarningsAndWhatFiresBeforeWhatIsOver() {
        book.fold(SampleAlerts.concentration("warned", BEGAN.plusSeconds(50)));
        book.fold(SampleAlerts.resolved(SampleAlerts.flood("over", BEGAN.plusSeconds(90)), Duration.ofSeconds(1)));
        book.fold(SampleAlerts.flood("paged", BEGAN));

        assertThat(book.view()).extracting(alert -> alert.labels().get("node")).containsExactly("paged", "warned", "over");
    }

    @Test
    void aTombstoneForgetsAndEveryChangeShowsInTheVersion() {
        Alert flood = SampleAlerts.flood("alice", BEGAN);
        book.fold(flood);
        long version = book.version();
        book.forget(flood.fingerprint());

        assertThat(book.view()).isEmpty();
        assertThat(book.version()).isGreaterThan(version);
    }

    private static Alert updated(Alert alert, long second) {
        return new Alert(alert.status(), alert.labels(), alert.annotations(), alert.startsAt(), BEGAN.plusSeconds(second), null, null,
                alert.evidence());
    }

    private static Long ms(long second) {
        return BEGAN.plusSeconds(second).toEpochMilli();
    }
}
