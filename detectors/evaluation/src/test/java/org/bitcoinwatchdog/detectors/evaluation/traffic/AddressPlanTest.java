package org.bitcoinwatchdog.detectors.evaluation.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AddressPlanTest {
    @Test
    void honestPeersAreSpreadOverAutonomousSystemsAsReachableNodesAre() {
        RandomSource random = new RandomSource(1);
        Map<Integer, Integer> counts = new HashMap<>();
        int draws = 400_000;
        for (int i = 0; i < draws; i++) {
            counts.merge(AddressPlan.INSTANCE.honest(random).asNumber(), 1, Integer::sum);
        }
        List<Double> shares = counts.values().stream().sorted(Comparator.reverseOrder()).map(c -> c / (double) draws).toList();

        assertThat(shares).hasSize(739);
        assertThat(shares.get(0)).isCloseTo(0.099, within(0.003));
        assertThat(sum(shares, 5)).isCloseTo(0.346, within(0.004));
        assertThat(sum(shares, 12)).isCloseTo(0.5, within(0.005));
    }

    private static double sum(List<Double> shares, int first) {
        return shares.stream().limit(first).mapToDouble(Double::doubleValue).sum();
    }
}
