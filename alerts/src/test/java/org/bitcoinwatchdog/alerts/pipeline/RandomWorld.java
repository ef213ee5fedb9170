package org.bitcoinwatchdog.alerts.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.alerts.Alerts;
import org.bitcoinwatchdog.alerts.DeliverySettings;
import org.bitcoinwatchdog.alerts.inhibition.Inhibition;
import org.bitcoinwatchdog.alerts.matching.Matcher;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert.NotificationReason;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.silence.Silence;
import org.bitcoinwatchdog.alerts.silence.Silences;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Severity;

/**
 * A worker with two sinks, a log, failures, restarts and deaths in the middle of a send, all drawn from a seed. The sinks and
 * {@link #check} test what must hold in every case.
 */
final class RandomWorld {
    private static final String[] NODES = {"alice", "bob", "carol"};
    private static final Duration REPEAT = Duration.ofHours(4);

    /** The worker dies: the sink has the notification, and the log has no entry for it. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A sink that checks each notification against the earlier ones. */
    private final class CheckedSink extends States.ListSink {
        private final String name;
        private final Map<String, Boolean> known = new HashMap<>();
        private final Set<String> delivered = new HashSet<>();
        /** Alerts from a worker that died before it wrote its log. */
        private final Set<String> unremembered = new HashSet<>();
        /** The keys of those notifications. */
        private final Set<String> keysOfTheDead = new HashSet<>();

        CheckedSink(String name, boolean groups) {
            super(groups);
            this.name = name;
        }

        @Override
        public SendOutcome send(Notification notification) {
            notification.alerts().forEach(this::checkVisible);
            clock.pass(Duration.ofMillis(1));
            if (healthy || random.nextInt(10) < 6) {
                boolean dies = !healthy && random.nextInt(8) == 0;
                boolean again = !delivered.add(notification.id());
                assertThat(again && !keysOfTheDead.contains(notification.id())).as("a key that came twice").isFalse();
                notification.alerts().forEach(alert -> told(alert, dies));
                if (dies) {
                    keysOfTheDead.add(notification.id());
                    throw new Death();
                }
                return States.answered(200);
            }
            return switch (random.nextInt(4)) {
                case 0 -> States.answered(404);
                case 1 -> new SendOutcome.Answered(429, Optional.of(Duration.ofSeconds(random.nextInt(100))), "");
                case 2 -> new SendOutcome.Unreachable("no answer");
                default -> States.answered(500);
            };
        }

        private void checkVisible(NotifiedAlert told) {
            if (told.alert().firing()) {
                assertThat(isHidden(told.alert())).as("told of %s to %s, which is hidden", told, name).isFalse();
            }
        }

        private void told(NotifiedAlert told, boolean dies) {
            String fingerprint = told.alert().fingerprint();
            boolean before = known.getOrDefault(fingerprint, false);
            boolean unsure = unremembered.contains(fingerprint);
            switch (told.reason()) {
                case BEGAN -> assertThat(before && !unsure).as("%s began twice for %s", told, name).isFalse();
                case ENDED, SEVERITY_CHANGED, GREW, REMINDER, CONTEXT ->
                        assertThat(before || unsure).as("%s for %s, which was not told of its beginning", told, name).isTrue();
            }
            known.put(fingerprint, told.reason() != NotificationReason.ENDED);
            if (dies) {
                unremembered.add(fingerprint);
            } else {
                unremembered.remove(fingerprint);
            }
        }
    }

    private final Random random;
    private final TestClock clock = new TestClock();
    private final States.MapMemory memory = new States.MapMemory();
    private final AlertMeters meters = new AlertMeters(new SimpleMeterRegistry());
    private final Silences silences = new Silences();
    private final List<AlertRecord> log = new ArrayList<>();
    private final Map<String, Alert> current = new HashMap<>();
    private final List<CheckedSink> sinks = List.of(new CheckedSink("grouping", true), new CheckedSink("single", false));
    private Inhibition inhibition;
    private List<Receiver> lines;
    private Pipeline pipeline;
    private boolean healthy;

    RandomWorld(long seed) {
        random = new Random(seed);
        start(0);
    }

    void run(int steps) {
        for (int step = 0; step < steps; step++) {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3 -> change(someAlert());
                case 4 -> change(Alerts.labelled(someAlert(), Map.of(Alert.ALERTNAME, "NodeSilent", Alert.SUBJECT, "")));
                case 5 -> silence();
                case 6 -> expire();
                case 7 -> restart();
                case 8 -> clock.pass(Duration.ofMinutes(random.nextInt(300)));
                default -> clock.pass(Duration.ofSeconds(random.nextInt(60)));
            }
            work();
        }
        acknowledge();
        check();
    }

    private Alert someAlert() {
        return Alerts.labelled(Alerts.firing(NODES[random.nextInt(NODES.length)]), Map.of(Alert.SUBJECT, "s" + random.nextInt(3)));
    }

    /** The alert's next state: it begins, is refreshed, becomes more or less severe, or ends. */
    private void change(Alert identity) {
        Alert now = current.get(identity.fingerprint());
        Alert next;
        if (now == null) {
            next = identity;
        } else if (!now.firing()) {
            next = Alerts.again(now, random.nextBoolean() ? 30 : 3_600);
        } else {
            next = switch (random.nextInt(4)) {
                case 0 -> Alerts.refreshed(now, 60);
                case 1 -> Alerts.withSeverity(now, now.severity() == Severity.PAGE ? Severity.WARN : Severity.PAGE);
                default -> Alerts.resolved(now);
            };
        }
        current.put(next.fingerprint(), next);
        AlertRecord record = new AlertRecord(next, States.PARTITION, log.size(), clock.instant());
        log.add(record);
        boolean weaker = inhibition.accept(next);
        pipeline.accept(record, false);
        if (weaker) {
            lines.forEach(line -> line.queue().reconsider());
        }
    }

    private void silence() {
        silences.put(new Silence("s" + random.nextInt(3), List.of(Matcher.parse("node=" + NODES[random.nextInt(NODES.length)])),
                "carol", "random", clock.instant().plusSeconds(random.nextInt(2) * 600L),
                clock.instant().plusSeconds(600 + random.nextInt(10_000))));
        lines.forEach(line -> line.queue().reconsider());
    }

    private void expire() {
        silences.remove("s" + random.nextInt(3));
        lines.forEach(line -> line.queue().reconsider());
    }

    /** As after a clean end: the offset up to which every sink got everything is committed. */
    private void restart() {
        start(lines.stream().map(line -> line.queue().lowestPendingOffset(States.PARTITION))
                .mapToLong(offset -> offset.orElse(log.size())).min().orElse(0));
    }

    private void start(long committed) {
        inhibition = new Inhibition(AlertSettings.defaults().inhibit());
        log.forEach(record -> inhibition.accept(record.alert()));
        lines = sinks.stream().map(sink -> new Receiver(sink.name, sink, new SinkQueue(clock))).toList();
        Delivery delivery = new Delivery(DeliverySettings.defaults(), random, meters, clock, this::refused);
        Timing timing = new Timing(Duration.ofSeconds(30), Duration.ofMinutes(5), Optional.of(REPEAT));
        List<String> all = List.of("grouping", "single");
        Router router = new Router(List.of(
                new Route(Map.of("severity", "page"), all, false, List.of("node"), timing),
                new Route(Map.of("severity", "warn"), all, false, List.of("node"), timing)));
        pipeline = new Pipeline(AlertSettings.defaults(), router, lines, new Mutes(inhibition, silences), memory, delivery, meters, clock);
        lines.forEach(line -> line.queue().hold(true));
        log.forEach(record -> pipeline.accept(record, record.offset() < committed));
        lines.forEach(line -> line.queue().hold(false));
    }

    /** If a sink refused an end, its people still know the alert as firing. */
    private void refused(Notification notification, String reason) {
        CheckedSink sink = sinks.stream().filter(each -> each.name.equals(notification.receiver())).findFirst().orElseThrow();
        notification.alerts().stream().filter(alert -> alert.reason() == NotificationReason.ENDED)
                .forEach(alert -> sink.unremembered.add(alert.alert().fingerprint()));
    }

    private void work() {
        for (int i = 0; i < lines.size(); i++) {
            try {
                Receiver line = lines.get(i);
                for (Optional<Flush> due = line.queue().take(); due.isPresent(); due = line.queue().take()) {
                    pipeline.flush(line, due.get());
                }
            } catch (Death death) {
                start(random.nextInt(log.size() + 1) == 0 ? 0 : committedBefore());
            }
        }
    }

    /** A worker that dies has committed at most what was acknowledged, without the attempt under way. */
    private long committedBefore() {
        return lines.stream().map(line -> line.queue().lowestPendingOffset(States.PARTITION))
                .mapToLong(offset -> offset.orElse(log.size())).min().orElse(0);
    }

    /** Everything works again, and long enough for every retry and reminder. */
    private void acknowledge() {
        healthy = true;
        for (String id : new String[] {"s0", "s1", "s2"}) {
            silences.remove(id);
        }
        lines.forEach(line -> line.queue().reconsider());
        for (int i = 0; i < 40; i++) {
            work();
            clock.pass(Duration.ofMinutes(15));
        }
        work();
    }

    private void check() {
        for (CheckedSink sink : sinks) {
            for (Alert alert : current.values()) {
                boolean told = sink.known.getOrDefault(alert.fingerprint(), false);
                if (alert.firing() && !isHidden(alert)) {
                    assertThat(told).as("%s knows that %s fires", sink.name, alert.labels()).isTrue();
                }
                if (!alert.firing() && told && !sink.unremembered.contains(alert.fingerprint())) {
                    Optional<NotificationLogEntry> last = memory.of(sink.name, new AlertRecord(alert, States.PARTITION, 0, clock.instant()));
                    assertThat(last.orElseThrow().delivered()).as("%s knows that %s is over, or it refused to", sink.name,
                            alert.labels()).isFalse();
                }
            }
            assertThat(lines.stream().mapToLong(line -> line.queue().pending()).sum()).isZero();
        }
    }

    private boolean isHidden(Alert alert) {
        String node = alert.labels().get(Alert.NODE);
        boolean silenced = silences.all().stream().anyMatch(silence -> silence.state(clock.instant()) == Silence.SilenceState.ACTIVE
                && silence.matchers().get(0).value().equals(node));
        return silenced || current.values().stream().anyMatch(other -> other.firing()
                && other.labels().get(Alert.ALERTNAME).equals("NodeSilent") && other.labels().get(Alert.NODE).equals(node)
                && !other.fingerprint().equals(alert.fingerprint())
                && other.severity().compareTo(alert.severity()) >= 0);
    }
}
