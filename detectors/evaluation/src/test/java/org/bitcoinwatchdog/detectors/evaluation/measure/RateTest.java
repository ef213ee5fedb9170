package org.bitcoinwatchdog.detectors.evaluation.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTest {
    /** Exact 95 % limits of a Poisson mean, as statistical tables print them. */
    @ParameterizedTest
    @CsvSource({"0, 0, 3.689", "1, 0.0253, 5.572", "2, 0.2422, 7.225", "5, 1.623, 11.668", "10, 4.795, 18.390",
        "20, 12.217, 30.888", "50, 37.11, 65.92", "100, 81.36, 121.63"})
    void intervalsAreThePublishedOnes(long count, double lower, double upper) {
        Rate rate = new Rate(count, 1);

        assertThat(rate.lower()).isCloseTo(lower, within(0.006));
        assertThat(rate.upper()).isCloseTo(upper, within(0.006));
    }

    @Test
    void theyAreDividedByTheExposure() {
        Rate rate = new Rate(10, 20);

        assertThat(rate.value()).isEqualTo(0.5);
        assertThat(rate.upper()).isCloseTo(18.39 / 20, within(0.001));
    }

    @Test
    void nothingCanBeSaidWithoutExposure() {
        assertThatThrownBy(() -> new Rate(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
