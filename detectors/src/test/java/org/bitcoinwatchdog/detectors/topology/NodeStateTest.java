package org.bitcoinwatchdog.detectors.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.detectors.alerting.AlertWriter;
import org.bitcoinwatchdog.detectors.node.NodeWatch;
import org.bitcoinwatchdog.events.MempoolAdded;
import org.bitcoinwatchdog.events.MempoolRejected;
import org.bitcoinwatchdog.events.MempoolReplaced;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.Nonce;
import org.bitcoinwatchdog.events.Version;
import org.junit.jupiter.api.Test;

class NodeStateTest {
    private static final int PEERS = 125;
    private static final int MOST_BYTES = 64 * 1024;

    private final NodeWatch watch = new NodeWatches(DetectorSettings.defaults(), new Counts(new SimpleMeterRegistry()))
            .of("alice", "main", false, section -> null);
    private final AlertWriter alerts = AlertWriter.forNode("alice", "main", "", alert -> { });
    private final TestNode alice = new TestNode("alice", event -> watch.on(event, alerts, digest -> { })).started();

    /** A day of 125 peers whose actions fill the state of every rule. */
    @Test
    void ofADayWith125PeersAndAllRulesIsUnder64KiB() {
        for (int peer = 0; peer < PEERS; peer++) {
            alice.opens(peer, "2001:db8:" + Integer.toHexString(peer) + ":1234:5678:9abc:def0:1234:8333",
                    peer < 10 ? TestNode.FULL_RELAY : TestNode.INBOUND);
        }
        for (int window = 0; window < 290; window++) {
            long nonce = window;
            for (long peer = 0; peer < PEERS; peer++) {
                long id = peer;
                alice.receives(peer, "ping", message -> message.setNonce(Nonce.newBuilder().setNonce(nonce)).setSizeBytes(1_000_000));
                alice.does(event -> event.setOutboundMessage(Message.newBuilder().setType("ping").setPeer(alice.peer(id))
                        .setNonce(Nonce.newBuilder().setNonce(-nonce))));
                alice.receivesAddresses(peer, window * 1_000 + (int) id, 5);
                alice.receives(peer, "version", message -> message.setVersion(
                        Version.newBuilder().setUserAgent("/agent " + nonce + "/" + id).setTimeS(alice.now().getEpochSecond())));
            }
            for (int i = 0; i < 200; i++) {
                alice.does(event -> event.setMempoolAdded(MempoolAdded.getDefaultInstance()));
                alice.does(event -> event.setMempoolRejected(MempoolRejected.getDefaultInstance()));
                alice.does(event -> event.setMempoolReplaced(MempoolReplaced.getDefaultInstance()));
            }
            alice.connects(window).waits(Duration.ofMinutes(5));
        }

        Map<String, Integer> bytes = new TreeMap<>();
        watch.saveChanged((section, saved) -> bytes.put(section, saved.length));
        int all = bytes.values().stream().mapToInt(Integer::intValue).sum();
        assertThat(all).as("bytes by section: %s", bytes).isBetween(10_000, MOST_BYTES);
    }
}
