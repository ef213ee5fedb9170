package org.bitcoinwatchdog.deploy.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.deploy.console.SampleAlerts;
import org.bitcoinwatchdog.deploy.console.Traffic;
import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.AddressNetwork;
import org.bitcoinwatchdog.events.Addresses;
import org.bitcoinwatchdog.events.AddrmanAttemptAdd;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertStatus;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.MisbehavingConnection;
import org.bitcoinwatchdog.events.NetworkAddress;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.Score;
import org.junit.jupiter.api.Test;

/** Input from peers never exceeds the console's limits. */
class HostileInputTest {
    private final Fleet fleet = new Fleet(Clock.systemUTC(), AutonomousSystems.UNKNOWN);
    private final Traffic alice = new Traffic("alice");

    @Test
    void peersAreBounded() {
        for (int i = 0; i < 3 * ConsoleLimits.PEERS; i++) {
            fleet.fold(alice.opened(i / 1000.0, i, "198.41." + i % 250 + ".1:" + i));
        }

        PeersView peers = node().peers();
        assertThat(peers.peers()).hasSize(ConsoleLimits.LISTED_PEERS);
        assertThat(peers.peers().size() + peers.unlisted()).isEqualTo(ConsoleLimits.PEERS);
        assertThat(peers.peers().get(ConsoleLimits.LISTED_PEERS - 1).id()).isEqualTo(3 * ConsoleLimits.PEERS - 1);
    }

    @Test
    void nodesAreBoundedAndThoseBeyondAreCounted() {
        for (int i = 0; i < ConsoleLimits.NODES + 3; i++) {
            fleet.fold(new Traffic("node-" + i).block(1, 1));
        }

        assertThat(fleet.view().nodes()).hasSize(ConsoleLimits.NODES);
        assertThat(fleet.view().refused()).isEqualTo(3);
    }

    @Test
    void messageTypesAreBounded() {
        for (int i = 0; i < 5_000; i++) {
            fleet.fold(alice.received(1, 1, "198.41.1.1:1", "type" + i));
        }

        assertThat(node().rates().types()).hasSize(1);
    }

    @Test
    void netgroupsOfAddressesAreBounded() {
        for (int i = 0; i < 2_000; i++) {
            byte[] ipv6 = new byte[16];
            ipv6[0] = 0x24;
            ipv6[2] = (byte) (i >> 8);
            ipv6[3] = (byte) i;
            fleet.fold(alice.event(1).setInboundMessage(Message.newBuilder().setType("addrv2").setAddresses(Addresses.newBuilder().setCount(1)
                    .addEntries(AddressEntry.newBuilder().setAddress(NetworkAddress.newBuilder()
                            .setNetwork(AddressNetwork.ADDRESS_NETWORK_IPV6).setAddress(com.google.protobuf.ByteString.copyFrom(ipv6)))))).build());
        }

        assertThat(node().addresses().netgroups()).hasSizeLessThanOrEqualTo(40);
        assertThat(node().addresses().networks()).isEqualTo(Map.of("ipv6", 2_000L));
    }

    @Test
    void addressesOfNoLengthThatTheirNetworkHasAreUnroutable() {
        fleet.fold(alice.event(1).setInboundMessage(Message.newBuilder().setType("addrv2").setAddresses(Addresses.newBuilder().setCount(1)
                .addEntries(AddressEntry.newBuilder().setAddress(NetworkAddress.newBuilder()
                        .setNetwork(AddressNetwork.ADDRESS_NETWORK_IPV4).setAddress(com.google.protobuf.ByteString.copyFromUtf8("x")))))).build());

        assertThat(node().addresses().networks()).isEqualTo(Map.of("unroutable", 1L));
    }

    @Test
    void textsAreCutAndRidOfWhatChangesHowTheRestIsRead() {
        fleet.fold(alice.version(1, 1, "198.41.1.1:1", "/\u202egnissimsid/\u0007" + "x".repeat(5_000)));

        String userAgent = node().peers().peers().get(0).userAgent();
        assertThat(userAgent).hasSizeLessThanOrEqualTo(ConsoleLimits.TEXT).startsWith("/\uFFFDgnissimsid/\uFFFDxxx").endsWith("...");
    }

    @Test
    void reasonsOfMisbehaviourAreBounded() {
        for (int i = 0; i < 500; i++) {
            fleet.fold(alice.event(1).setMisbehavingConnection(MisbehavingConnection.newBuilder().setReason("reason " + i)).build());
        }

        assertThat(node().misbehaviour()).hasSize(33).containsEntry("other reasons", 468L);
    }

    @Test
    void rulesAreBounded() {
        NodeDigest.Builder digest = NodeDigest.newBuilder().setNode("alice");
        for (int i = 0; i < 500; i++) {
            digest.addScores(Score.newBuilder().setRule("rule-" + i));
        }
        fleet.fold(digest.build(), Instant.now());

        assertThat(node().scores()).hasSize(ConsoleLimits.RULES);
    }

    @Test
    void bucketsThatTheTablesDoNotHaveAreNoHarm() {
        fleet.fold(alice.event(1).setAddrmanAttemptAdd(
                AddrmanAttemptAdd.newBuilder().setInserted(true).setBucket(Integer.MAX_VALUE).setAddress("?").setSource("")).build());

        assertThat(node().addrman().inserted()).isEqualTo(1);
        assertThat(node().addrman().newBuckets()).containsOnly(0);
    }

    @Test
    void aReaderThatDoesNotKeepUpMissesTheOldestAndIsTold() throws InterruptedException {
        MessageStream stream = fleet.follow("alice", null);
        for (int i = 0; i < ConsoleLimits.WAITING_LINES + 25; i++) {
            fleet.fold(alice.received(i, 1, "198.41.1.1:1", "inv"));
        }

        MessageStream.WaitingLines batch = stream.take();
        assertThat(batch.lines()).hasSize(ConsoleLimits.WAITING_LINES);
        assertThat(batch.missed()).isEqualTo(25);
    }

    @Test
    void aTimeFarInTheFutureDoesNotStopTheClock() {
        fleet.fold(alice.received(4_000_000_000.0, 1, "198.41.1.1:1", "inv"));
        for (int i = 0; i < 20; i++) {
            fleet.fold(alice.received(i, 1, "198.41.1.1:1", "inv"));
        }

        assertThat(node().row().clockMs() / 1_000 - Traffic.BEGIN_S).isBetween(0L, 60L);
        assertThat(node().rates().received()).contains(5.0);
    }

    @Test
    void alertsAreBoundedAndThoseThatFireStay() {
        AlertBook book = new AlertBook();
        Instant began = Instant.ofEpochSecond(Traffic.BEGIN_S);
        book.fold(SampleAlerts.flood("alice", began));
        for (int i = 0; i < ConsoleLimits.ALERTS + 100; i++) {
            book.fold(SampleAlerts.resolved(SampleAlerts.flood("node-" + i, began.plusSeconds(i)), java.time.Duration.ofSeconds(1)));
        }

        assertThat(book.view()).hasSize(ConsoleLimits.ALERTS);
        assertThat(book.view().get(0).labels()).containsEntry("node", "alice");
    }

    @Test
    void anAlertWithEndlessLabelsAndTextsIsCut() {
        TreeMap<String, String> labels = new TreeMap<>(Map.of(Alert.ALERTNAME, "x".repeat(10_000)));
        for (int i = 0; i < 500; i++) {
            labels.put("label-" + i, "value");
        }
        AlertBook book = new AlertBook();
        book.fold(new Alert(AlertStatus.FIRING, labels, new TreeMap<>(Map.of(Alert.DESCRIPTION, "y".repeat(100_000))), Instant.EPOCH,
                Instant.EPOCH, null, null, null));

        AlertView alert = book.view().get(0);
        assertThat(alert.labels()).hasSizeLessThanOrEqualTo(ConsoleLimits.LABELS);
        assertThat(alert.description()).hasSize(ConsoleLimits.PROSE);
    }

    private NodeView node() {
        return fleet.node("alice", Instant.now()).orElseThrow();
    }
}
