package org.bitcoinwatchdog.detectors.evaluation.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeKind.MeasuredFigures;
import org.bitcoinwatchdog.detectors.evaluation.traffic.NodeKind.MessageMetric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The metrics whose messages come straight from an intensity; the others are in {@link FleetTrafficFiguresTest}. */
class IntensityTest {
    private static final int SEEDS = 6;
    private static final int HOURS = 8_760;

    static Stream<Arguments> measured() {
        return Stream.of(NodeKind.values()).flatMap(kind ->
                Stream.of(MessageMetric.INV, MessageMetric.TX, MessageMetric.GETDATA, MessageMetric.ADDR, MessageMetric.ADDRV2)
                        .map(metric -> Arguments.of(kind, metric)));
    }

    @ParameterizedTest
    @MethodSource("measured")
    void hourlyCountsHaveTheMeasuredMedianTailAndVariation(NodeKind kind, MessageMetric metric) {
        MeasuredFigures figures = kind.figures(metric);
        HourlyCounts counts = counts(figures, SEEDS);

        assertThat(counts.quantile(0.5)).isCloseTo(figures.median(), withPercentage(8));
        assertThat(counts.quantile(0.95)).isCloseTo(figures.p95(), withPercentage(15));
        assertThat(counts.variation()).isCloseTo(figures.coefficientOfVariation(), withPercentage(30));
    }

    @Test
    void oneHourIsMuchLikeTheLast() {
        assertThat(counts(NodeKind.LISTENING.figures(MessageMetric.TX), 1).autocorrelation()).isBetween(0.90, 0.98);
    }

    private static HourlyCounts counts(MeasuredFigures figures, int seeds) {
        HourlyCounts counts = new HourlyCounts();
        for (int seed = 0; seed < seeds; seed++) {
            RandomSource random = new RandomSource(seed);
            Intensity intensity = new Intensity(figures, 0, null, random);
            for (int hour = 0; hour < HOURS; hour++) {
                double mean = 0;
                for (int minute = 0; minute < 60; minute++) {
                    mean += intensity.next(hour * 3_600_000_000L + minute * TrafficMinute.LENGTH_US) / 60;
                }
                counts.add(random.poisson(mean));
            }
        }
        return counts;
    }
}
