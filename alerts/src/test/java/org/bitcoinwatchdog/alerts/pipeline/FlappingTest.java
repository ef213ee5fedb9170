package org.bitcoinwatchdog.alerts.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.alerts.DeliverySettings;
import org.bitcoinwatchdog.alerts.inhibition.Inhibition;
import org.bitcoinwatchdog.alerts.silence.Silences;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;
import org.junit.jupiter.api.Test;

/** An alert that comes and goes pages twice. People are notified of its end after a while. */
class FlappingTest {
    private static final Duration REPEAT = Duration.ofHours(4);
    private static final Duration HOLD = AlertSettings.defaults().flapHold();

    private final TestClock clock = new TestClock();
    private final States.MapMemory memory = new States.MapMemory();
    private final States.ListSink sink = new States.ListSink(true);
    private final List<AlertRecord> log = new ArrayList<>();
    private Receiver line;
    private Pipeline pipeline;
    private Alert alert = Alerts.firing("alice");

    FlappingTest() {
        start();
    }

    @Test
    void notifiesTwiceHoweverOftenItComesAndGoesAndThenOfItsEnd() {
        for (int i = 0; i < 20; i++) {
            comeAndGo();
        }
        assertThat(sink.lines()).containsExactly("BEGAN alice", "ENDED alice", "BEGAN alice");
        clock.pass(HOLD.minusSeconds(30));
        work();
        assertThat(sink.lines()).last().isEqualTo("ENDED alice");
        assertThat(line.queue().pending()).isZero();
    }

    @Test
    void itsBeginningIsNeverHeldBack() {
        comeAndGo();
        comeAndGo();
        clock.pass(HOLD);
        work();
        write(alert);
        assertThat(sink.lines()).containsExactly("BEGAN alice", "ENDED alice", "BEGAN alice", "ENDED alice", "BEGAN alice");
    }

    @Test
    void anAlertThatComesBackAfterTheHoldDoesNotFlap() {
        write(alert);
        write(Alerts.resolved(alert));
        Alert later = Alerts.again(Alerts.resolved(alert), (int) HOLD.toSeconds());
        write(later);
        write(Alerts.resolved(later));
        assertThat(sink.lines()).containsExactly("BEGAN alice", "ENDED alice", "BEGAN alice", "ENDED alice");
    }

    @Test
    void changesOfSeverityAndRemindersContinueWhileItFlaps() {
        comeAndGo();
        comeAndGo();
        alert = Alerts.withSeverity(alert, Severity.WARN);
        write(alert);
        clock.pass(REPEAT);
        work();
        assertThat(sink.lines()).containsExactly(
                "BEGAN alice", "ENDED alice", "BEGAN alice", "SEVERITY_CHANGED alice", "REMINDER alice");
    }

    @Test
    void aRestartNeitherRepeatsNorForgetsAnEndThatIsHeldBack() {
        comeAndGo();
        comeAndGo();
        restart();
        assertThat(sink.lines()).hasSize(3);
        write(alert);
        restart();
        assertThat(sink.lines()).hasSize(3);
        write(Alerts.resolved(alert));
        restart();
        clock.pass(HOLD);
        work();
        assertThat(sink.lines()).containsExactly("BEGAN alice", "ENDED alice", "BEGAN alice", "ENDED alice");
    }

    /** A minute in which it fires and ends. */
    private void comeAndGo() {
        write(alert);
        clock.pass(Duration.ofSeconds(30));
        Alert end = Alerts.resolved(alert);
        write(end);
        clock.pass(Duration.ofSeconds(30));
        work();
        alert = Alerts.again(end, 30);
    }

    private void write(Alert state) {
        AlertRecord record = new AlertRecord(state, States.PARTITION, log.size(), clock.instant());
        log.add(record);
        pipeline.accept(record, false);
        work();
    }

    /** Restarts from the committed offset up to which every sink got everything. */
    private void restart() {
        long committed = line.queue().lowestPendingOffset(States.PARTITION).orElse(log.size());
        start();
        line.queue().hold(true);
        log.forEach(record -> pipeline.accept(record, record.offset() < committed));
        line.queue().hold(false);
        work();
    }

    private void start() {
        AlertMeters meters = new AlertMeters(new SimpleMeterRegistry());
        line = new Receiver("ops", sink, new SinkQueue(clock));
        Delivery delivery = new Delivery(DeliverySettings.defaults(), new Random(1), meters, clock);
        Route all = new Route(Map.of(), List.of("ops"), false, List.of(),
                new Timing(Duration.ZERO, Duration.ZERO, Optional.of(REPEAT)));
        pipeline = new Pipeline(AlertSettings.defaults(), new Router(List.of(all)), List.of(line),
                new Mutes(new Inhibition(List.of()), new Silences()), memory, delivery, meters, clock);
    }

    private void work() {
        for (Optional<Flush> due = line.queue().take(); due.isPresent(); due = line.queue().take()) {
            pipeline.flush(line, due.get());
        }
    }
}
