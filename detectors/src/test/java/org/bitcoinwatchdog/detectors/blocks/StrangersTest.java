package org.bitcoinwatchdog.detectors.blocks;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestFleet;
import org.bitcoinwatchdog.detectors.TestNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes of one network name on chains that have nothing to do with one another. */
class StrangersTest {
    private final AlertLog log = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), log);

    private TestNode node(String name, String network) {
        return new TestNode(name, network, detection::on);
    }

    @ParameterizedTest
    @ValueSource(strings = {"signet", "regtest"})
    void areNotCompared(String network) {
        TestNode alice = node("alice", network);
        TestNode bob = node("bob", network);
        TestFleet fleet = new TestFleet(alice, bob);
        alice.connects(100);
        bob.connects(5_000, 100);
        fleet.waits(Duration.ofMinutes(31));
        for (int block = 1; block <= 12; block++) {
            alice.connects(100 + block);
            if (block % 4 == 0) {
                bob.connects(5_000 + block, 100 + block / 4);
            }
            fleet.waits(Duration.ofMinutes(10));
        }

        assertThat(log.changes()).filteredOn(change -> change.startsWith("Fleet")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"signet", "regtest", "signet_0123abcd", "main"})
    void areNoStrangersOnceTheyHadOneBlock(String network) {
        TestNode alice = node("alice", network);
        TestNode bob = node("bob", network);
        TestFleet fleet = TestFleet.atTheTip(alice, bob);
        alice.connects(101);
        fleet.waits(Duration.ofMinutes(3));

        assertThat(log.changesOf("FleetLag")).containsExactly("FleetLag bob warn", "FleetLag bob page");
    }

    @ParameterizedTest
    @ValueSource(strings = {"signet", "main"})
    void thatHadOneBlockAndPartAreASplit(String network) {
        TestNode alice = node("alice", network);
        TestNode bob = node("bob", network);
        TestNode stranger = node("stranger", network.equals("main") ? "test" : network);
        TestFleet fleet = new TestFleet(alice, bob, stranger);
        alice.connects(100);
        bob.connects(100);
        stranger.connects(9_100, 100);
        fleet.waits(Duration.ofMinutes(31));
        for (int block = 101; block <= 103; block++) {
            alice.connects(block);
            bob.connects(block + 1_000, block);
            stranger.connects(block + 9_000, block);
            fleet.waits(Duration.ofMinutes(6));
        }

        assertThat(log.changesOf("FleetSplit")).containsExactly("FleetSplit fleet page");
        assertThat(log.last().evidence().subjects().get("nodes")).containsExactlyInAnyOrder("alice", "bob");
    }
}
