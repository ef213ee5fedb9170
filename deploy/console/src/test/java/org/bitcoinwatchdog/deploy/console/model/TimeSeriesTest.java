package org.bitcoinwatchdog.deploy.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TimeSeriesTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void addsUpWhatFallsIntoOneSlot() {
        TimeSeries series = TimeSeries.ofSums(3, SECOND);
        series.add(10 * SECOND, 1);
        series.add(10 * SECOND + 5, 2);
        series.add(11 * SECOND, 4);

        assertThat(series.upTo(12 * SECOND)).containsExactly(3.0, 4.0, 0.0);
        assertThat(series.perSecond(12 * SECOND, 2)).isEqualTo(3.5);
    }

    @Test
    void keepsTheLargestAndTellsASlotWithoutValue() {
        TimeSeries series = TimeSeries.ofLargest(3, SECOND);
        series.add(10 * SECOND, 1);
        series.add(10 * SECOND, 7);
        series.add(10 * SECOND, 3);
        series.add(12 * SECOND, 2);

        assertThat(series.upTo(12 * SECOND)).containsExactly(7.0, null, 2.0);
    }

    @Test
    void takesWhatComesLateAndDropsWhatIsTooOld() {
        TimeSeries series = TimeSeries.ofSums(3, SECOND);
        series.add(12 * SECOND, 1);
        series.add(10 * SECOND, 5);
        series.add(9 * SECOND, 100);

        assertThat(series.upTo(12 * SECOND)).containsExactly(5.0, 0.0, 1.0);
    }

    @Test
    void startsAnewAfterTheClockWasSetBack() {
        TimeSeries series = TimeSeries.ofSums(3, SECOND);
        series.add(1_000 * SECOND, 9);
        series.add(10 * SECOND, 1);

        assertThat(series.upTo(10 * SECOND)).containsExactly(0.0, 0.0, 1.0);
    }

    @Test
    void isEmptyBeforeAnythingCame() {
        assertThat(TimeSeries.ofSums(2, SECOND).upTo(50 * SECOND)).containsExactly(0.0, 0.0);
        assertThat(TimeSeries.ofLargest(2, SECOND).upTo(50 * SECOND)).containsOnlyNulls();
    }
}
