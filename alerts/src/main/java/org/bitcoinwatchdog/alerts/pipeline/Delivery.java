package org.bitcoinwatchdog.alerts.pipeline;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.bitcoinwatchdog.alerts.DeliverySettings;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.bitcoinwatchdog.alerts.notification.Sink;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Backoff;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Makes one attempt and decides what follows: delivered, again later, or a dead letter. */
public final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

    /**
     * @param delivered  whether the sink took the notification
     * @param retryAt    when to try again; empty: it is delivered or a dead letter
     * @param pauseUntil until when the sink asked for no attempts at all
     */
    record AttemptResult(boolean delivered, Optional<Instant> retryAt, Optional<Instant> pauseUntil) {
        private static final AttemptResult DELIVERED = new AttemptResult(true, Optional.empty(), Optional.empty());
        private static final AttemptResult UNDELIVERABLE = new AttemptResult(false, Optional.empty(), Optional.empty());
    }

    /** Gets the end of each notification: the topic of dead letters, and the alert about a sink that fails. */
    public interface DeliveryListener {
        default void delivered(String sink) {
        }

        /** @param reason for people, without secrets */
        void undeliverable(Notification notification, String reason);
    }

    /** What the outcome of an attempt means for the notification. */
    enum Acceptance {
        DELIVERED,
        /** The sink is away, overloaded or broken: a later attempt may succeed. */
        RETRY,
        /** The sink refuses it: a later attempt would fail as well. So does a redirect, because none is followed. */
        UNDELIVERABLE;

        private static final int TOO_MANY_REQUESTS = 429;

        static Acceptance of(SendOutcome outcome) {
            if (outcome instanceof SendOutcome.Answered answered) {
                int status = answered.status();
                if (status >= 200 && status < 300) {
                    return DELIVERED;
                }
                return status == TOO_MANY_REQUESTS || status >= 500 ? RETRY : UNDELIVERABLE;
            }
            return outcome instanceof SendOutcome.Unreachable ? RETRY : UNDELIVERABLE;
        }
    }

    private final DeliverySettings settings;
    private final Backoff backoff;
    private final RandomGenerator random;
    private final List<DeliveryListener> listeners;
    private final AlertMeters meters;
    private final Clock clock;

    public Delivery(DeliverySettings settings, RandomGenerator random, AlertMeters meters, Clock clock,
            DeliveryListener... listeners) {
        this.settings = settings;
        this.backoff = new Backoff(settings.firstBackoff(), settings.longestBackoff());
        this.random = random;
        this.listeners = List.of(listeners);
        this.meters = meters;
        this.clock = clock;
    }

    AttemptResult attempt(Sink sink, Notification notification, Flush due) {
        Instant begun = clock.instant();
        SendOutcome outcome = send(sink, notification);
        Instant now = clock.instant();
        Acceptance acceptance = Acceptance.of(outcome);
        meters.attempt(notification.receiver(), acceptance, Duration.between(begun, now), now);
        return switch (acceptance) {
            case DELIVERED -> delivered(notification, due, now);
            case RETRY -> retry(notification, due, outcome, begun, now);
            case UNDELIVERABLE -> undeliverable(notification, outcome.detail());
        };
    }

    private AttemptResult delivered(Notification notification, Flush due, Instant now) {
        Instant read = due.states().stream().map(AlertRecord::readAt).min(Instant::compareTo).orElse(now);
        meters.delivered(notification.receiver(), Duration.between(read, now));
        LOG.info("{} {} delivered to {}", name(notification), notification.status(), notification.receiver());
        listeners.forEach(listener -> listener.delivered(notification.receiver()));
        return AttemptResult.DELIVERED;
    }

    private AttemptResult retry(Notification notification, Flush due, SendOutcome outcome, Instant begun, Instant now) {
        Instant since = due.failures() == 0 ? begun : due.failingSince();
        if (Duration.between(since, now).compareTo(settings.giveUpAfter()) >= 0) {
            return undeliverable(notification, "given up after " + (due.failures() + 1) + " attempts, the last: "
                    + outcome.detail());
        }
        Instant again = now.plus(backoff.jittered(due.failures() + 1, random));
        Optional<Instant> pause = outcome instanceof SendOutcome.Answered answered
                ? answered.retryAfter().map(this::limited).map(now::plus)
                : Optional.empty();
        LOG.atLevel(due.failures() == 0 ? Level.WARN : Level.INFO).log(
                "{} could not be delivered to {} ({}), attempt {} failed, trying again",
                name(notification), notification.receiver(), outcome.detail(), due.failures() + 1);
        return new AttemptResult(false, Optional.of(pause.filter(again::isBefore).orElse(again)), pause);
    }

    private AttemptResult undeliverable(Notification notification, String reason) {
        LOG.error("{} is a dead letter of {}: {}", name(notification), notification.receiver(), reason);
        meters.deadLetter(notification.receiver());
        listeners.forEach(listener -> listener.undeliverable(notification, reason));
        return AttemptResult.UNDELIVERABLE;
    }

    private Duration limited(Duration asked) {
        return asked.compareTo(settings.retryAfterLimit()) > 0 ? settings.retryAfterLimit() : asked;
    }

    /** Without the labels that a peer may have chosen. */
    private static String name(Notification notification) {
        Alert first = notification.alerts().get(0).alert();
        return first.labels().get(Alert.ALERTNAME) + " " + first.fingerprint()
                + (notification.alerts().size() == 1 ? "" : " and " + (notification.alerts().size() - 1) + " more");
    }

    /** A bug in one sink makes a dead letter. It must not end the sink's thread. */
    private static SendOutcome send(Sink sink, Notification notification) {
        try {
            return sink.send(notification);
        } catch (RuntimeException e) {
            LOG.error("a bug in the sink {}", notification.receiver(), e);
            return new SendOutcome.Refused("a bug in the sink: " + e.getClass().getSimpleName());
        }
    }
}
