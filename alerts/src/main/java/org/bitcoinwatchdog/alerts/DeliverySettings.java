package org.bitcoinwatchdog.alerts;

import java.time.Duration;

/**
 * Timing of the attempts to deliver a notification.
 *
 * @param connectTimeout  longest time to connect, TCP and TLS
 * @param exchangeTimeout longest time for a whole attempt, up to the last byte of the answer
 * @param firstBackoff    longest pause after the first failed attempt. It doubles with each further one. The pause is random,
 *                        between zero and the longest one
 * @param longestBackoff  where the doubling ends
 * @param retryAfterLimit longest pause that the header Retry-After of an answer can ask for
 * @param giveUpAfter     after this time without success, a notification becomes a dead letter
 */
public record DeliverySettings(
        Duration connectTimeout,
        Duration exchangeTimeout,
        Duration firstBackoff,
        Duration longestBackoff,
        Duration retryAfterLimit,
        Duration giveUpAfter) {

    public DeliverySettings {
        requirePositive("connect-timeout", connectTimeout);
        requirePositive("exchange-timeout", exchangeTimeout);
        requirePositive("first-backoff", firstBackoff);
        requirePositive("longest-backoff", longestBackoff);
        requirePositive("retry-after-limit", retryAfterLimit);
        requirePositive("give-up-after", giveUpAfter);
        if (exchangeTimeout.compareTo(Duration.ofMinutes(2)) > 0) {
            throw new IllegalArgumentException("exchange-timeout must be at most 2m: meanwhile the sink gets nothing else");
        }
        if (longestBackoff.compareTo(firstBackoff) < 0) {
            throw new IllegalArgumentException("longest-backoff must be at least first-backoff");
        }
    }

    public static DeliverySettings defaults() {
        return new DeliverySettings(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(1),
                Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofHours(1));
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(key + " must be more than zero");
        }
    }
}
