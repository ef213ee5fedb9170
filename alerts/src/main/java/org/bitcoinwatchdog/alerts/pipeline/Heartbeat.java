package org.bitcoinwatchdog.alerts.pipeline;

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
import org.bitcoinwatchdog.alerts.HeartbeatSettings;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert.NotificationReason;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Evidence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The dead man's switch: while everything works, from the nodes' tracepoints to this worker, its sinks get a notification
 * at each interval. Only one worker sends it, the owner of the first partition. A failed attempt is not repeated.
 */
public final class Heartbeat implements AutoCloseable {
    /** The usual name of such an alert at Prometheus. */
    static final String ALERTNAME = "Watchdog";
    /** An attempt that takes longer is cut off when the sinks are closed. */
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
    /** Its owner sends the heartbeat, and keeps in its part of the log when each sink took one last. */
    private static final int FIRST_PARTITION = 0;
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    private final HeartbeatSettings settings;
    private final Map<String, Sink> sinks;
    private final DetectorActivity detectors;
    private final BooleanSupplier atWork;
    private final NotificationLog log;
    private final AlertMeters meters;
    private final Clock clock;
    private final Consumer<Throwable> onFault;
    private final Instant since;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    /** The signs of life of the detectors. */
    public interface DetectorActivity extends AutoCloseable {
        /** Whether detectors have written something since the last call. */
        boolean seen();

        @Override
        void close();
    }

    /**
     * @param sinks   all sinks by name
     * @param atWork  whether this worker works and is the one that sends the heartbeat
     * @param onFault called with what ended the heartbeat, other than {@link #close}
     */
    public Heartbeat(HeartbeatSettings settings, Map<String, Sink> sinks, DetectorActivity detectors, BooleanSupplier atWork,
            NotificationLog log, AlertMeters meters, Clock clock, Consumer<Throwable> onFault) {
        this.settings = settings;
        this.sinks = sinks;
        this.detectors = detectors;
        this.atWork = atWork;
        this.log = log;
        this.meters = meters;
        this.clock = clock;
        this.onFault = onFault;
        this.since = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        this.thread = new Thread(this::run, "heartbeat");
        thread.setDaemon(true);
    }

    public void start() {
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
            LOG.error("a bug ends the heartbeat", e);
            onFault.accept(e);
        } finally {
            detectors.close();
        }
    }

    private void beat(String sink) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Alert alert = new Alert(AlertStatus.FIRING, new TreeMap<>(Map.of(Alert.ALERTNAME, ALERTNAME, Alert.SEVERITY, "info",
                Alert.DETECTOR, "heartbeat", Alert.SUBJECT, sink)), new TreeMap<>(Map.of(Alert.SUMMARY,
                "The bitcoind watchdog works. Look after it if these notifications stop.")), since, now, null, null,
                Evidence.NONE);
        Notification notification = new Notification("wd_heartbeat_" + now.toEpochMilli(), sink, "{}:" + alert.fingerprint(),
                alert.labels(), List.of(new NotifiedAlert(alert, NotificationReason.REMINDER)), Optional.empty());
        try {
            SendOutcome outcome = sinks.get(sink).send(notification);
            Delivery.Acceptance acceptance = Delivery.Acceptance.of(outcome);
            Instant end = clock.instant();
            meters.attempt(sink, acceptance, Duration.between(now, end), end);
            if (acceptance == Delivery.Acceptance.DELIVERED) {
                AlertRecord record = new AlertRecord(alert, FIRST_PARTITION, 0, end);
                log.remember(sink, Map.of(record, NotificationLogEntry.delivered(record, false, end)));
            } else {
                LOG.warn("the heartbeat could not be delivered to {}: {}", sink, outcome.detail());
            }
        } catch (RuntimeException e) {
            LOG.error("a bug in the sink {}", sink, e);
        }
    }
}
