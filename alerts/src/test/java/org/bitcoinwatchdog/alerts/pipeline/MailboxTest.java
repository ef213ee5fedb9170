package org.bitcoinwatchdog.alerts.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.alerts.pipeline.Mailbox.QueuedState;
import org.bitcoinwatchdog.events.Alert;
import org.junit.jupiter.api.Test;

class MailboxTest {
    private static final Instant NOW = Alerts.START;

    private final Mailbox mailbox = new Mailbox(States.PARTITION);
    private final Alert first = Alerts.firing("alice");
    private final Alert second = Alerts.again(first);
    private final Alert third = Alerts.again(second);

    private boolean known;
    private Instant heldUntil = Instant.MIN;

    @Test
    void newEvidenceTakesThePlaceOfOlder() {
        add(first, Alerts.refreshed(first, 60));
        assertThat(drained()).containsExactly(1L);
    }

    @Test
    void aBeginningThatWaitsStaysBeforeItsEnd() {
        add(first, Alerts.resolved(first));
        assertThat(drained()).containsExactly(0L, 1L);
    }

    @Test
    void anEpisodeThatWasMissedAsAWholeGivesWayToTheNext() {
        add(first, Alerts.resolved(first), second);
        assertThat(drained()).containsExactly(2L);
    }

    @Test
    void theEndOfADeliveredBeginningStaysThroughLaterEpisodes() {
        add(first);
        drained();
        add(Alerts.resolved(first), second, Alerts.resolved(second), third, Alerts.resolved(third));
        assertThat(drained()).containsExactly(1L, 4L, 5L);
    }

    @Test
    void historyCountsByItsLastState() {
        add(first, Alerts.resolved(first));
        mailbox.add(new QueuedState(States.at(9, second), Decision.KEEP, true, false, Instant.MIN), NOW);
        assertThat(drained()).containsExactly(9L);
    }

    @Test
    void aStateReplacedDuringAnAttemptStillWaits() {
        add(first);
        AlertRecord underWay = mailbox.head();
        add(Alerts.refreshed(first, 60));
        mailbox.acknowledge(underWay);
        assertThat(mailbox.hasPending()).isTrue();
    }

    @Test
    void isOverWhenTheEndIsAcknowledged() {
        add(first, Alerts.resolved(first));
        mailbox.acknowledge(mailbox.head());
        assertThat(mailbox.isOver()).isFalse();
        mailbox.acknowledge(mailbox.head());
        assertThat(mailbox.isOver()).isTrue();
    }

    private long next;

    @Test
    void theEndOfAKnownEpisodeStaysForTheNextOne() {
        known = true;
        add(Alerts.withSeverity(first, org.bitcoinwatchdog.events.Severity.WARN), Alerts.resolved(first), second);
        assertThat(drained()).containsExactly(1L, 2L);
    }

    @Test
    void anEndThatIsHeldBackIsDroppedIfTheAlertBeginsAgain() {
        heldUntil = NOW.plusSeconds(60);
        add(Alerts.resolved(first));
        assertThat(mailbox.isHeld(NOW)).isTrue();
        assertThat(mailbox.isHeld(heldUntil)).isFalse();
        add(second);
        assertThat(mailbox.isHeld(NOW)).isFalse();
        assertThat(drained()).containsExactly(1L);
    }

    @Test
    void anEndThatComesTwiceIsNotHeldBackLonger() {
        heldUntil = NOW.plusSeconds(60);
        add(Alerts.resolved(first));
        heldUntil = NOW.plusSeconds(120);
        add(Alerts.resolved(first));
        assertThat(mailbox.isHeld(NOW.plusSeconds(60))).isFalse();
    }

    private void add(Alert... alerts) {
        for (Alert alert : alerts) {
            Instant until = alert.firing() ? Instant.MIN : heldUntil;
            mailbox.add(new QueuedState(States.at(next++, alert), Decision.NOTIFY, false, known, until), NOW);
        }
    }

    private List<Long> drained() {
        List<Long> offsets = new ArrayList<>();
        while (mailbox.hasPending()) {
            offsets.add(mailbox.head().offset());
            mailbox.acknowledge(mailbox.head());
        }
        return offsets;
    }
}
