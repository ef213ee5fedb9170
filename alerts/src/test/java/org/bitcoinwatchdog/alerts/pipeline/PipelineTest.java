package org.bitcoinwatchdog.alerts.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.alerts.DeliverySettings;
import org.bitcoinwatchdog.alerts.inhibition.Inhibition;
import org.bitcoinwatchdog.alerts.matching.Matcher;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert.NotificationReason;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.silence.Silence;
import org.bitcoinwatchdog.alerts.silence.Silences;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;
import org.junit.jupiter.api.Test;

/** The stages together, on one thread and with the test's time. */
class PipelineTest {
    private static final Duration REPEAT = Duration.ofHours(4);
    private static final Timing GROUPED =
            new Timing(Duration.ofSeconds(30), Duration.ofMinutes(5), Optional.of(REPEAT));
    private static final Route PAGES = new Route(Map.of("severity", "page"), List.of("ops"), false, List.of(),
            GROUPED.ungrouped());
    private static final Route WARNS = new Route(Map.of("severity", "warn"), List.of("ops"), false,
            List.of("detector"), GROUPED);
    private static final Route PAGES_BY_DETECTOR = new Route(Map.of(), List.of("ops"), false, List.of("detector"), GROUPED);

    private final TestClock clock = new TestClock();
    private final States.MapMemory memory = new States.MapMemory();
    private final Silences silences = new Silences();
    private final Inhibition inhibition = new Inhibition(AlertSettings.defaults().inhibit());
    private final List<String> deadLetters = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AlertMeters meters = new AlertMeters(registry);
    private final States.ListSink sink = new States.ListSink(true);
    private Receiver line = new Receiver("ops", sink, new SinkQueue(clock));
    private Pipeline pipeline = pipeline(PAGES, WARNS);
    private long offset;

    private final Alert page = Alerts.firing("alice");

    @Test
    void notifiesOfABeginningAndOfItsEnd() {
        accept(page, Alerts.resolved(page));
        work();
        assertThat(sink.lines()).containsExactly("BEGAN alice", "ENDED alice");
    }

    @Test
    void newEvidenceIsNotNews() {
        accept(page);
        work();
        accept(Alerts.refreshed(page, 60), Alerts.refreshed(page, 120));
        work();
        assertThat(sink.lines()).containsExactly("BEGAN alice");
    }

    @Test
    void noOneIsNotifiedOfAnEndWithoutItsBeginning() {
        pipeline.accept(States.at(7, Alerts.resolved(page)), true);
        work();
        accept(Alerts.resolved(Alerts.firing("bob")));
        work();
        assertThat(sink.received).isEmpty();
    }

    @Test
    void remindsOfAnAlertThatStillFires() {
        accept(page);
        work();
        clock.pass(REPEAT.minusSeconds(1));
        work();
        clock.pass(Duration.ofSeconds(1));
        work();
        clock.pass(REPEAT);
        work();
        assertThat(sink.lines()).containsExactly("BEGAN alice", "REMINDER alice", "REMINDER alice");
        assertThat(sink.received.stream().map(Notification::id)).doesNotHaveDuplicates();
    }

    @Test
    void notifiesOfAChangeOfSeverity() {
        accept(page);
        work();
        accept(Alerts.withSeverity(page, Severity.WARN));
        work();
        clock.pass(Duration.ofMinutes(1));
        work();
        assertThat(sink.lines()).containsExactly("BEGAN alice", "SEVERITY_CHANGED alice");
    }

    @Test
    void aResolveWaitsForItsTriggerToArrive() {
        sink.answer = States.answered(503);
        accept(page);
        work();
        accept(Alerts.resolved(page));
        clock.pass(Duration.ofMinutes(3));
        work();
        sink.answer = States.answered(200);
        clock.pass(Duration.ofMinutes(3));
        work();
        assertThat(sink.lines()).startsWith("BEGAN alice", "BEGAN alice").endsWith("BEGAN alice", "ENDED alice");
        assertThat(sink.lines().stream().filter(text -> text.startsWith("ENDED"))).hasSize(1);
    }

    @Test
    void everyAttemptHasTheSameIdAlsoAfterARestartWithNewerEvidence() {
        sink.answer = new SendOutcome.Unreachable("no answer");
        accept(page);
        work();
        line = new Receiver("ops", sink, new SinkQueue(clock));
        pipeline = pipeline(PAGES, WARNS);
        accept(page, Alerts.refreshed(page, 60));
        sink.answer = States.answered(200);
        work();
        assertThat(sink.received).hasSize(2);
        assertThat(sink.received.get(0).id()).isEqualTo(sink.received.get(1).id());
    }

    @Test
    void aReplayOfOldStatesNotifiesNoOne() {
        Alert warn = Alerts.withSeverity(page, Severity.WARN);
        accept(page, warn, Alerts.resolved(warn));
        work();
        int told = sink.received.size();
        offset = 0;
        line = new Receiver("ops", sink, new SinkQueue(clock));
        pipeline = pipeline(PAGES, WARNS);
        accept(page, warn, Alerts.resolved(warn));
        work();
        assertThat(sink.received).hasSize(told);
    }

    @Test
    void aRefusedNotificationIsADeadLetterOnceAndTriedAgainWhenAReminderWouldBeDue() {
        sink.answer = States.answered(404);
        accept(page);
        work();
        accept(Alerts.refreshed(page, 60));
        work();
        assertThat(deadLetters).containsExactly("status 404");
        sink.answer = States.answered(200);
        clock.pass(REPEAT);
        work();
        assertThat(sink.lines()).containsExactly("BEGAN alice", "BEGAN alice");
    }

    @Test
    void noEndFollowsABeginningThatCouldNotBeDelivered() {
        sink.answer = States.answered(401);
        accept(page);
        work();
        sink.answer = States.answered(200);
        accept(Alerts.resolved(page));
        work();
        assertThat(sink.lines()).containsExactly("BEGAN alice");
    }

    @Test
    void givesUpAfterTheLimit() {
        sink.answer = States.answered(500);
        accept(page);
        for (int minute = 0; minute <= 60; minute++) {
            work();
            clock.pass(Duration.ofMinutes(2));
        }
        assertThat(deadLetters).hasSize(1);
        assertThat(deadLetters.get(0)).startsWith("given up after ").endsWith("status 500");
    }

    @Test
    void aRetryAfterIsWaitedForByEverythingThatGoesToTheSink() {
        sink.answer = new SendOutcome.Answered(429, Optional.of(Duration.ofMinutes(5)), "");
        accept(page);
        work();
        accept(Alerts.firing("bob"));
        clock.pass(Duration.ofMinutes(5).minusSeconds(1));
        work();
        assertThat(sink.received).hasSize(1);
        sink.answer = States.answered(200);
        clock.pass(Duration.ofSeconds(1));
        work();
        assertThat(sink.lines()).hasSize(3).contains("BEGAN bob");
    }

    @Test
    void aRetryAfterOfDaysIsCutToTheLimit() {
        sink.answer = new SendOutcome.Answered(503, Optional.of(Duration.ofDays(3)), "");
        accept(page);
        work();
        clock.pass(DeliverySettings.defaults().retryAfterLimit());
        work();
        assertThat(sink.received).hasSize(2);
    }

    @Test
    void warningsOfAGroupWaitForCompany() {
        accept(warn("alice"), warn("bob"));
        work();
        assertThat(sink.received).isEmpty();
        clock.pass(Duration.ofSeconds(30));
        work();
        assertThat(sink.lines()).containsExactly("BEGAN alice, BEGAN bob");
        assertThat(sink.received.get(0).groupLabels()).isEqualTo(Map.of("detector", "address-flooding"));
        assertThat(sink.received.get(0).groupKey()).isEqualTo("{severity=\"warn\"}:{detector=\"address-flooding\"}");
    }

    @Test
    void aGroupNotifiesOfChangesAfterItsInterval() {
        accept(warn("alice"));
        clock.pass(Duration.ofSeconds(30));
        work();
        accept(warn("bob"), Alerts.resolved(warn("alice")));
        clock.pass(Duration.ofMinutes(5).minusSeconds(1));
        work();
        assertThat(sink.received).hasSize(1);
        clock.pass(Duration.ofSeconds(1));
        work();
        assertThat(sink.lines()).last().isEqualTo("ENDED alice, BEGAN bob");
    }

    @Test
    void groupingDelaysNoPage() {
        pipeline = pipeline(PAGES_BY_DETECTOR);
        accept(page);
        work();
        accept(Alerts.firing("bob"));
        work();
        assertThat(sink.lines()).containsExactly("BEGAN alice", "BEGAN bob, CONTEXT alice");
    }

    @Test
    void aStormTakesSeveralNotificationsAndLeavesNothingOut() {
        pipeline = pipeline(PAGES_BY_DETECTOR);
        line.queue().hold(true);
        for (int i = 0; i < 1_200; i++) {
            accept(Alerts.firing("node-" + i));
        }
        line.queue().hold(false);
        work();
        assertThat(sink.received).hasSize(3);
        assertThat(sink.received.stream().flatMap(notification -> notification.alerts().stream())
                .filter(alert -> alert.reason() == NotificationReason.BEGAN)).hasSize(1_200);
        assertThat(sink.received.stream().map(notification -> notification.alerts().size())).containsExactly(500, 600, 300);
        assertThat(sink.received).allMatch(notification -> notification.alerts().size() + notification.leftOut() == 1_200);
    }

    @Test
    void aSinkThatTakesNoGroupsGetsEachAlertAtOnce() {
        States.ListSink single = new States.ListSink(false);
        line = new Receiver("ops", single, new SinkQueue(clock));
        pipeline = pipeline(PAGES, WARNS);
        accept(warn("alice"), warn("bob"));
        work();
        assertThat(single.lines()).containsExactly("BEGAN alice", "BEGAN bob");
    }

    @Test
    void peopleWhoKnowAPageAreNotifiedOfItsEndEvenIfItBecameAWarning() {
        pipeline = pipeline(PAGES);
        Alert warn = Alerts.withSeverity(page, Severity.WARN);
        accept(page);
        work();
        accept(warn, Alerts.resolved(warn));
        work();
        clock.pass(REPEAT);
        work();
        assertThat(sink.lines()).containsExactly("BEGAN alice", "SEVERITY_CHANGED alice", "ENDED alice");
    }

    @Test
    void aPageThatBecameAWarningBeforeItWasDeliveredIsDropped() {
        pipeline = pipeline(PAGES);
        line.queue().hold(true);
        accept(page, Alerts.withSeverity(page, Severity.WARN));
        line.queue().hold(false);
        work();
        assertThat(sink.received).isEmpty();
        assertThat(line.queue().pending()).isZero();
    }

    @Test
    void aSilencedAlertNotifiesNoOneUntilTheSilenceEndsByTime() {
        silence("1", Duration.ZERO, Duration.ofMinutes(10));
        accept(page, Alerts.firing("bob"));
        work();
        assertThat(sink.lines()).containsExactly("BEGAN bob");
        assertThat(line.queue().pending()).isZero();
        clock.pass(Duration.ofMinutes(10).minusSeconds(1));
        work();
        assertThat(sink.lines()).containsExactly("BEGAN bob");
        clock.pass(Duration.ofSeconds(1));
        work();
        assertThat(sink.lines()).containsExactly("BEGAN bob", "BEGAN alice");
    }

    @Test
    void peopleAreNotifiedOfFiringAlertsWhenSomeoneExpiresASilence() {
        silence("1", Duration.ZERO, Duration.ofMinutes(10));
        accept(page);
        work();
        silences.remove("1");
        line.queue().reconsider();
        work();
        assertThat(sink.lines()).containsExactly("BEGAN alice");
    }

    @Test
    void aSilenceThatEndsWhileItsAlertIsLookedAtIsNotMissed() {
        silence("1", Duration.ZERO, Duration.ofMinutes(10));
        accept(page);
        Flush due = line.queue().take().orElseThrow();
        line.queue().reconsider();
        line.queue().acknowledge(due, false, true, Optional.empty());
        silences.remove("1");
        work();
        assertThat(sink.lines()).containsExactly("BEGAN alice");
    }

    @Test
    void anAlertThatEndsWhileSilencedNotifiesNoOne() {
        silence("1", Duration.ZERO, Duration.ofMinutes(10));
        accept(page, Alerts.resolved(page));
        work();
        clock.pass(Duration.ofMinutes(10));
        work();
        assertThat(sink.received).isEmpty();
    }

    @Test
    void anEndIsNotSilencedIfItsBeginningWasNotified() {
        accept(page);
        work();
        silence("1", Duration.ZERO, Duration.ofHours(10));
        clock.pass(REPEAT);
        work();
        accept(Alerts.resolved(page), Alerts.again(page));
        work();
        assertThat(sink.lines()).containsExactly("BEGAN alice", "ENDED alice");
    }

    @Test
    void aPlannedWindowHoldsFromItsStart() {
        silence("1", Duration.ofMinutes(5), Duration.ofMinutes(10));
        accept(page);
        work();
        clock.pass(Duration.ofMinutes(5));
        accept(Alerts.withSeverity(page, Severity.WARN));
        clock.pass(Duration.ofSeconds(30));
        work();
        assertThat(sink.lines()).containsExactly("BEGAN alice");
        clock.pass(Duration.ofMinutes(5));
        work();
        assertThat(sink.lines()).containsExactly("BEGAN alice", "SEVERITY_CHANGED alice");
    }

    @Test
    void aMutedAlertIsNoContext() {
        pipeline = pipeline(PAGES_BY_DETECTOR);
        accept(page);
        work();
        silence("1", Duration.ZERO, Duration.ofHours(10));
        accept(Alerts.firing("bob"));
        work();
        assertThat(sink.lines()).containsExactly("BEGAN alice", "BEGAN bob");
    }

    @Test
    void anAlertThatFiresHidesAnotherUntilItEnds() {
        Alert silent = Alerts.labelled(Alerts.firing("alice"), Map.of(Alert.ALERTNAME, "NodeSilent"));
        inhibition.accept(silent);
        accept(page, silent, Alerts.firing("bob"));
        work();
        assertThat(sink.lines()).containsExactly("BEGAN alice", "BEGAN bob");
        assertThat(sink.received.get(0).alerts().get(0).alert()).isEqualTo(silent);
        assertThat(inhibition.accept(Alerts.resolved(silent))).isTrue();
        accept(Alerts.resolved(silent));
        line.queue().reconsider();
        work();
        assertThat(sink.lines()).containsExactlyInAnyOrder("BEGAN alice", "BEGAN bob", "ENDED alice", "BEGAN alice");
    }

    @Test
    void aFlappingAlertTakesNoMoreRoomThanAFewStatesWhileItsSinkIsAway() {
        sink.answer = States.answered(503);
        Alert alert = page;
        for (int i = 0; i < 100; i++) {
            accept(alert, Alerts.resolved(alert));
            alert = Alerts.again(alert);
        }
        accept(alert);
        assertThat(line.queue().pending()).isEqualTo(1);
        sink.answer = States.answered(200);
        clock.pass(Duration.ofMinutes(3));
        work();
        assertThat(sink.lines()).containsExactly("BEGAN alice");
    }

    @Test
    void aBugInASinkIsADeadLetterAndTheNextAlertIsDelivered() {
        sink.answer = null;
        accept(page);
        Receiver broken = new Receiver("ops", new States.ListSink(true) {
            @Override
            public SendOutcome send(Notification notification) {
                throw new IllegalStateException("a bug");
            }
        }, line.queue());
        broken.queue().take().ifPresent(due -> pipeline.flush(broken, due));
        assertThat(deadLetters).containsExactly("a bug in the sink: IllegalStateException");
        sink.answer = States.answered(200);
        accept(Alerts.firing("bob"));
        work();
        assertThat(sink.lines()).containsExactly("BEGAN bob");
    }

    @Test
    void everyNotificationIsCounted() {
        accept(page);
        work();
        sink.answer = States.answered(410);
        accept(Alerts.resolved(page), Alerts.firing("carol", Severity.INFO, Alerts.START));
        work();
        assertThat(count("watchdog.alerts.notifications", "delivered")).isEqualTo(1);
        assertThat(count("watchdog.alerts.notifications", "dead-letter")).isEqualTo(1);
        assertThat(count("watchdog.alerts.records", "routed")).isEqualTo(2);
        assertThat(count("watchdog.alerts.records", "unrouted")).isEqualTo(1);
    }

    private void silence(String id, Duration from, Duration to) {
        silences.put(new Silence(id, List.of(Matcher.parse("node=alice")), "carol", "upgrade",
                clock.instant().plus(from), clock.instant().plus(to)));
    }

    private double count(String name, String outcome) {
        return registry.get(name).tag("outcome", outcome).counter().count();
    }

    private static Alert warn(String node) {
        return Alerts.firing(node, Severity.WARN, Alerts.START);
    }

    private Pipeline pipeline(Route... routes) {
        Delivery delivery = new Delivery(DeliverySettings.defaults(), new java.util.Random(1), meters, clock,
                (notification, reason) -> deadLetters.add(reason));
        return new Pipeline(AlertSettings.defaults(), new Router(List.of(routes)), List.of(line), new Mutes(inhibition, silences),
                memory, delivery, meters, clock);
    }

    private void accept(Alert... alerts) {
        for (Alert alert : alerts) {
            pipeline.accept(new AlertRecord(alert, States.PARTITION, offset++, clock.instant()), false);
        }
    }

    /** Does what the sink's thread would do now. */
    private void work() {
        for (Optional<Flush> due = line.queue().take(); due.isPresent(); due = line.queue().take()) {
            pipeline.flush(line, due.get());
        }
    }
}
