package org.bitcoinwatchdog.detectors.evaluation.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan;
import org.bitcoinwatchdog.detectors.evaluation.traffic.AddressPlan.SimulatedAddress;
import org.bitcoinwatchdog.detectors.evaluation.traffic.RandomSource;
import org.bitcoinwatchdog.detectors.network.AddressText;
import org.bitcoinwatchdog.detectors.network.Asmap;
import org.junit.jupiter.api.Test;

class AsmapOfPlanTest {
    @Test
    void theReaderOfTheRulesFindsEveryEndpointInItsSystem() {
        try (AsmapOfPlan written = AsmapOfPlan.write()) {
            Asmap asmap = Asmap.load(written.file());
            RandomSource random = new RandomSource(1);
            for (int i = 0; i < 5_000; i++) {
                check(asmap, AddressPlan.INSTANCE.honest(random));
                check(asmap, AddressPlan.INSTANCE.attacker(i % 100, random));
                check(asmap, AddressPlan.INSTANCE.wideAttacker(i % 20, random));
                check(asmap, AddressPlan.INSTANCE.operator(random));
            }
        }
    }

    private static void check(Asmap asmap, SimulatedAddress endpoint) {
        assertThat(asmap.as(AddressText.parse(endpoint.toString()).orElseThrow()).orElse(0))
                .as(endpoint.toString()).isEqualTo(endpoint.asNumber());
    }
}
