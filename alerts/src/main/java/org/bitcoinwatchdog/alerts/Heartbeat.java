package org.bitcoinwatchdog.alerts;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bitcoinwatchdog.alerts.kafka.DetectorActivity;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.notification.Outcome;
import org.bitcoinwatchdog.alerts.notification.Reason;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.alerts.pipeline.Beats;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Evidence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dead man's switch: while the whole line works, from the nodes' tracepoints to this worker, its sinks hear of it.
 * One worker beats for all: the owner of the first partition. A beat that fails is not repeated, the next one follows.
 */
final class Heartbeat implements AutoCloseable {
    /** As Prometheus' users call it. */
    static final String ALERTNAME = "Watchdog";
    /** A beat that takes longer is cut off when the sinks are closed. */
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final HeartbeatSettings settings;
    private final Map<String, Sink> sinks;
    private final DetectorActivity detectors;
    private final BooleanSupplier atWork;
    private final Beats beats;
    private final Clock clock;
    private final Consumer<Throwable> onFault;
    private final Instant since;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /**
     * @param sinks   all sinks by name
     * @param atWork  whether this worker works, and is the one that beats
     * @param onFault told why the heartbeat ended, if not by {@link #close}
     */
    Heartbeat(HeartbeatSettings settings, Map<String, Sink> sinks, DetectorActivity detectors, BooleanSupplier atWork,
            Beats beats, Clock clock, Consumer<Throwable> onFault) {
        this.settings = settings;
        this.sinks = sinks;
        this.detectors = detectors;
        this.atWork = atWork;
        this.beats = beats;
        this.clock = clock;
        this.onFault = onFault;
        this.since = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        this.thread = new Thread(this::run, "heartbeat");
        thread.setDaemon(true);
    }

    void start() {
        if (!settings.sinks().isEmpty()) {
            thread.start();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.getState() == Thread.State.NEW) {
            detectors.close();
        }
    }

    private void run() {
        try {
            while (!closing.await(settings.every().toNanos(), TimeUnit.NANOSECONDS)) {
                if (detectors.seen() && atWork.getAsBoolean()) {
                    settings.sinks().forEach(this::beat);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) {
            LOG.error("the heartbeat ends by a fault", e);
            onFault.accept(e);
        } finally {
            detectors.close();
        }
    }

    private void beat(String sink) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Alert alert = new Alert(AlertStatus.FIRING, new TreeMap<>(Map.of(Alert.ALERTNAME, ALERTNAME, Alert.SEVERITY, "info",
                Alert.DETECTOR, "heartbeat", Alert.SUBJECT, sink)), new TreeMap<>(Map.of(Alert.SUMMARY,
                "The bitcoind watchdog works. This is sent all the time; worry when it stops.")), since, now, null, null,
                Evidence.NONE);
        Notification notification = new Notification("wd_heartbeat_" + now.toEpochMilli(), sink, "{}:" + alert.fingerprint(),
                alert.labels(), List.of(new NotifiedAlert(alert, Reason.REMINDER)), Optional.empty());
        try {
            Outcome outcome = sinks.get(sink).send(notification);
            if (!beats.told(sink, alert, outcome)) {
                LOG.warn("the heartbeat could not be delivered to {}: {}", sink, outcome.detail());
            }
        } catch (RuntimeException e) {
            LOG.error("the sink {} failed in its own code", sink, e);
        }
    }
}
