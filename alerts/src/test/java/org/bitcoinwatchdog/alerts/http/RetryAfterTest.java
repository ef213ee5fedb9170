package org.bitcoinwatchdog.alerts.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryAfterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T15:00:00Z");

    @Test
    void isSecondsOrADate() {
        assertThat(RetryAfter.parse(" 120 ", NOW)).contains(Duration.ofMinutes(2));
        assertThat(RetryAfter.parse("Sun, 22 Nov 2026 15:01:00 GMT", NOW)).contains(Duration.ofMinutes(1));
    }

    @Test
    void aDateThatPassedMeansNow() {
        assertThat(RetryAfter.parse("Sun, 22 Nov 2026 14:01:00 GMT", NOW)).contains(Duration.ZERO);
    }

    @Test
    void anUnreadableHeaderIsIgnored() {
        assertThat(RetryAfter.parse("", NOW)).isEmpty();
        assertThat(RetryAfter.parse("-5", NOW)).isEmpty();
        assertThat(RetryAfter.parse("1.5", NOW)).isEmpty();
        assertThat(RetryAfter.parse("tomorrow", NOW)).isEmpty();
    }

    @Test
    void anAbsurdNumberIsADay() {
        assertThat(RetryAfter.parse("99999999999999999999999", NOW)).contains(Duration.ofDays(1));
    }
}
