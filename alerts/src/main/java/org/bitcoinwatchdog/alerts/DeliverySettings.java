package org.bitcoinwatchdog.alerts;

import java.time.Duration;

/**
 * Timing of the attempts to deliver a notification.
 *
 * @param connectTimeout  for name resolution's result, TCP and TLS
 * @param exchangeTimeout for the whole of an attempt, to the answer's last byte
 * @param firstBackoff    upper bound of the pause after the first failed attempt; it doubles with each one (full jitter:
 *                        the pause is drawn evenly from zero to the bound)
 * @param longestBackoff  where the doubling ends
 * @param retryAfterLimit the longest pause that an answer's Retry-After can ask for
 * @param giveUpAfter     when a notification that meets nothing but retryable failures becomes a dead letter
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
            throw new IllegalArgumentException("exchange-timeout is at most 2m: a sink has one attempt under way at a time");
        }
        if (longestBackoff.compareTo(firstBackoff) < 0) {
            throw new IllegalArgumentException("longest-backoff is at least first-backoff");
        }
    }

    public static DeliverySettings defaults() {
        return new DeliverySettings(Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofSeconds(1),
                Duration.ofMinutes(2), Duration.ofMinutes(10), Duration.ofHours(1));
    }

    private static void requirePositive(String key, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(key + " is more than zero");
        }
    }
}
