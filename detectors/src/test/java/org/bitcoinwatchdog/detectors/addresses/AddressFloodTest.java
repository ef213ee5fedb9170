package org.bitcoinwatchdog.detectors.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.bitcoinwatchdog.detectors.AlertLog;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.ConnectionType;
import org.junit.jupiter.api.Test;

class AddressFloodTest {
    private final AlertLog alerts = new AlertLog();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), alerts);
    private final TestNode alice = new TestNode("alice", detection::on).started();

    /** July 2021: messages of 10 entries, then gone. */
    private void flood(long peer, String address, int messages) {
        alice.opens(peer, address, TestNode.INBOUND);
        for (int i = 0; i < messages; i++) {
            alice.receivesAddresses(peer, (int) peer * 100_000 + 10 * i, 10);
        }
        alice.closes(peer);
    }

    @Test
    void warnsOfOnePeerPagesAtThreeAndEndsWhenTheWindowDrains() {
        flood(1, "44.1.0.1:1000", 50);
        assertThat(alerts.changes()).isEmpty(); // 499 discarded
        flood(2, "44.2.0.1:1000", 51);
        assertThat(alerts.changes()).containsExactly("AddressFlood alice warn");
        flood(3, "44.3.0.1:1000", 51);
        flood(4, "44.3.0.2:1000", 51);
        assertThat(alerts.changes()).containsExactly("AddressFlood alice warn", "AddressFlood alice page");
        assertThat(alerts.last().evidence().subjects().get("peers")).containsExactlyInAnyOrder(
                "44.1.0.1:1000 (peer 1)", "44.2.0.1:1000 (peer 2)", "44.3.0.1:1000 (peer 3)", "44.3.0.2:1000 (peer 4)");
        assertThat(alerts.last().evidence().subjects().get("flooding-peers")).containsExactlyInAnyOrder(
                "44.2.0.1:1000 (peer 2)", "44.3.0.1:1000 (peer 3)", "44.3.0.2:1000 (peer 4)");
        assertThat(alerts.last().annotations().get(Alert.SUMMARY)).matches(
                "3 peers flood alice with addresses: 1,5\\d\\d of 2,0\\d\\d entries over Bitcoin Core's limit in 10 min");
        assertThat(alerts.measured("peers")).isEqualTo(4);
        assertThat(alerts.measured("flooding-peers")).isEqualTo(3);
        assertThat(alerts.last().evidence().subjects().get("netgroups")).containsExactly("44.1.0.0/16", "44.2.0.0/16", "44.3.0.0/16");

        alice.waits(Duration.ofMinutes(9));
        assertThat(alerts.changes()).hasSize(2);
        alice.waits(Duration.ofMinutes(1));
        assertThat(alerts.changes()).endsWith("AddressFlood alice resolved").hasSize(3);
        assertThat(alerts.all().stream().map(Alert::fingerprint).distinct()).hasSize(1);
    }

    @Test
    void pagesAtOnceAt5000EntriesOfTheNodeWithTheFigures() {
        flood(1, "44.1.0.1:1000", 500);
        flood(2, "44.1.0.2:1000", 500);

        assertThat(alerts.changes()).containsExactly("AddressFlood alice warn", "AddressFlood alice page");
        Alert page = alerts.last();
        assertThat(alerts.measured("discarded-entries")).isBetween(5_000.0, 5_010.0);
        assertThat(alerts.measured("entries-per-message")).isEqualTo(10.0);
        assertThat(alerts.measured("future-timestamps")).isEqualTo(1.0);
        assertThat(alerts.measured("unroutable-addresses")).isZero();
        assertThat(alerts.measured("unique-addresses")).isBetween(4_500.0, 5_500.0);
        assertThat(page.evidence().complete()).isTrue();
        assertThat(page.annotations().get(Alert.RUNBOOK_URL)).isEqualTo("runbook.md#addressflood");
    }

    @Test
    void whatPeopleReadGrowsWithTheFloodWithinFiveSeconds() {
        flood(1, "44.1.0.1:1000", 51);
        for (int peer = 2; peer <= 6; peer++) {
            flood(peer, "44." + peer + ".0.1:1000", 500);
        }
        Instant pagedAt = alerts.last().updatedAt();
        alice.waits(Duration.ofSeconds(5));

        assertThat(alerts.changes()).containsExactly("AddressFlood alice warn", "AddressFlood alice page");
        assertThat(alerts.last().annotations().get(Alert.SUMMARY))
                .isEqualTo("6 peers flood alice with addresses: 25,504 entries over Bitcoin Core's limit in 10 min");
        assertThat(alerts.last().grewAt()).isBetween(pagedAt, pagedAt.plusSeconds(5));
        assertThat(alerts.measured("entries")).isEqualTo(25_510);
        int written = alerts.all().size();
        alice.waits(Duration.ofSeconds(50));
        assertThat(alerts.all()).hasSize(written);
    }

    @Test
    void theAnswerToOurGetaddrIsNormal() {
        for (int peer = 0; peer < 10; peer++) {
            alice.opens(peer, "44." + peer + ".0.1:8333", TestNode.FULL_RELAY);
            alice.sends(peer, "getaddr").receivesAddresses(peer, 1_000 * peer, 1_000);
        }
        alice.waits(Duration.ofMinutes(1));

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void honestRelayIsNormal() {
        alice.opens(1, "44.1.0.1:1000", TestNode.INBOUND);
        for (int minute = 0; minute < 600; minute++) {
            alice.receivesAddresses(1, minute, 1).waits(Duration.ofMinutes(1));
        }

        assertThat(alerts.changesOf("AddressFlood")).isEmpty();
    }

    @Test
    void aPeerThatWasThereBeforeTheAgentMayHaveAFullBucket() {
        alice.knows(7, "44.1.0.1:1000", TestNode.INBOUND).receivesAddresses(7, 0, 1_000);
        assertThat(alerts.changes()).isEmpty();

        alice.receivesAddresses(7, 5_000, 600);
        assertThat(alerts.changes()).containsExactly("AddressFlood alice warn");
        assertThat(alerts.last().evidence().complete()).isFalse();
    }

    @Test
    void aGetaddrThatMayHaveBeenMissedIsAllowedFor() {
        alice.opens(1, "44.1.0.1:1000", TestNode.FULL_RELAY).receivesAddresses(1, 0, 1);
        alice.skipsASequence(); // our getaddr
        alice.waits(Duration.ofSeconds(5)).receivesAddresses(1, 100, 1_000);

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void aFloodThatMakesTheAgentLoseCallsDoesNotHideItself() {
        alice.opens(1, "44.1.0.1:1000", TestNode.INBOUND);
        for (int i = 0; i < 60; i++) {
            alice.receivesAddresses(1, 10 * i, 10).loses("net:inbound_message").skipsASequence().waits(Duration.ofSeconds(1));
        }
        assertThat(alerts.changesOf("AddressFlood")).containsExactly("AddressFlood alice warn");
    }

    @Test
    void theAnswerToAGetaddrOfWhoseLossNobodyToldYetIsNormal() {
        alice.opens(1, "44.1.0.1:1000", TestNode.FULL_RELAY).receivesAddresses(1, 0, 1_000);

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void coreIgnoresWhatBlockRelayOnlyPeersSend() {
        alice.opens(1, "44.1.0.1:8333", ConnectionType.CONNECTION_TYPE_BLOCK_RELAY_ONLY);
        alice.receivesAddresses(1, 0, 1_000).receivesAddresses(1, 0, 1_000);

        assertThat(alerts.changes()).isEmpty();
    }

    @Test
    void peersAreNumberedAnewAfterARestartOfBitcoind() {
        alice.opens(0, "44.1.0.1:1000", TestNode.INBOUND).receivesAddresses(0, 0, 400);
        alice.bitcoindRestarted().opens(0, "44.2.0.1:1000", TestNode.INBOUND).receivesAddresses(0, 0, 400);

        assertThat(alerts.changes()).isEmpty(); // 399 each, of two peers
    }

    @Test
    void anotherAgentForTheSameProcessEndsNothing() {
        flood(1, "44.1.0.1:1000", 60);
        alice.agentRestartedAfter(Duration.ofSeconds(30)).waits(Duration.ofMinutes(1));

        assertThat(alerts.changes()).containsExactly("AddressFlood alice warn");
    }
}
