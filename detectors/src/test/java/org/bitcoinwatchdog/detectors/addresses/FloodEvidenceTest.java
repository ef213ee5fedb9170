package org.bitcoinwatchdog.detectors.addresses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.detectors.TestNode;
import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.AddressNetwork;
import org.bitcoinwatchdog.events.Addresses;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.NetworkAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In random floods, every figure of every alert is that of the messages over the limit within the window. */
class FloodEvidenceTest {
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final long SLICE_NS = WINDOW.toNanos() / 20;
    private static final int MOST_GONE = 128;
    private static final int NAMED = 20;

    private record Sent(long atNs, String peer, int entries, long over, long future, long unroutable, Set<ByteString> addresses) {
    }

    private final List<Sent> overLimit = new ArrayList<>();
    private final Map<Long, TokenBucket> buckets = new HashMap<>();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), this::check);
    private final TestNode alice = new TestNode("alice", detection::on).started();
    private Random random;
    private long peers;
    private int checked;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void theFiguresAreThoseOfOneWindowAndOneSetOfPeers(long seed) {
        random = new Random(seed);
        long[] slots = new long[1 + random.nextInt(seed % 3 == 0 ? 200 : 12)];
        int size = 8 + random.nextInt(seed % 2 == 0 ? 10 : 400);
        int variety = 1 + random.nextInt(20_000);
        for (int step = 0; step < 1_500; step++) {
            int slot = random.nextInt(3) == 0 ? 0 : random.nextInt(slots.length); // one of them sends more than the others
            if (slots[slot] == 0) {
                slots[slot] = opens();
            }
            sends(slots[slot], 1 + random.nextInt(size), variety);
            if (random.nextInt(slot == 0 ? 500 : 20) == 0) {
                buckets.remove(slots[slot]);
                alice.closes(slots[slot]);
                slots[slot] = 0;
            }
            if (random.nextInt(8) == 0) {
                alice.waits(Duration.ofMillis(random.nextInt(random.nextInt(10) == 0 ? 150_000 : 3_000)));
            }
        }
        alice.waits(WINDOW.plusMinutes(1));
        assertThat(checked).isPositive();
    }

    private long opens() {
        peers++;
        alice.opens(peers, "44." + random.nextInt(9) + ".1.1:" + (1_000 + peers), TestNode.INBOUND);
        buckets.put(peers, TokenBucket.ofNewPeer(TestNode.ns(alice.now())));
        return peers;
    }

    private void sends(long sender, int count, int variety) {
        long nowNs = TestNode.ns(alice.now());
        Addresses.Builder message = Addresses.newBuilder().setCount(count);
        Set<ByteString> addresses = new HashSet<>();
        long future = 0;
        long unroutable = 0;
        for (int i = 0; i < count; i++) {
            int aheadS = random.nextInt(1_200) - 600;
            boolean reserved = random.nextInt(5) == 0;
            ByteString address = ByteString.copyFrom(ByteBuffer.allocate(4)
                    .putInt(0, (reserved ? 0x0a000000 : 0x2c000000) + random.nextInt(variety)));
            message.addEntries(AddressEntry.newBuilder().setTimeS((int) (nowNs / 1_000_000_000L) + aheadS)
                    .setAddress(NetworkAddress.newBuilder().setNetwork(AddressNetwork.ADDRESS_NETWORK_IPV4).setAddress(address)));
            addresses.add(address);
            future += aheadS > 0 ? 1 : 0;
            unroutable += reserved ? 1 : 0;
        }
        long over = buckets.get(sender).spend(count, nowNs);
        if (over > 0) {
            String peer = alice.peer(sender).getAddress() + " (peer " + sender + ")";
            overLimit.add(new Sent(nowNs, peer, count, over, future, unroutable, addresses));
        }
        alice.receives(sender, "addr", content -> content.setAddresses(message));
    }

    private void check(Alert alert) {
        if (!alert.labels().get(Alert.ALERTNAME).equals("AddressFlood") || !alert.firing()) {
            return;
        }
        checked++;
        long slice = TestNode.ns(alert.updatedAt()) / SLICE_NS;
        List<Sent> within = overLimit.stream().filter(sent -> sent.atNs() / SLICE_NS > slice - 20).toList();
        Map<String, Long> byPeer = new HashMap<>();
        within.forEach(sent -> byPeer.merge(sent.peer(), sent.over(), Long::sum));
        Set<ByteString> addresses = new HashSet<>();
        within.forEach(sent -> addresses.addAll(sent.addresses()));
        Evidence evidence = alert.evidence();
        double entries = sum(within, Sent::entries);

        assertThat(measured(evidence, "messages")).isEqualTo(within.size());
        assertThat(measured(evidence, "entries")).isEqualTo(entries);
        assertThat(measured(evidence, "discarded-entries")).isEqualTo(sum(within, Sent::over)).isLessThanOrEqualTo(entries);
        assertThat(measured(evidence, "future-timestamps")).isCloseTo(sum(within, Sent::future) / entries, within(0.001));
        assertThat(measured(evidence, "unroutable-addresses")).isCloseTo(sum(within, Sent::unroutable) / entries, within(0.001));
        assertThat(measured(evidence, "unique-addresses")).isLessThanOrEqualTo(entries)
                .isCloseTo(addresses.size(), within(1 + 0.15 * addresses.size()));
        if (byPeer.size() <= MOST_GONE) {
            assertThat(measured(evidence, "flooding-peers")).isEqualTo(byPeer.values().stream().filter(over -> over >= 500).count());
            assertThat(measured(evidence, "discarded-entries-of-flooding-peers"))
                    .isEqualTo(byPeer.values().stream().filter(over -> over >= 500).mapToLong(Long::longValue).sum());
            assertThat(measured(evidence, "peers")).isEqualTo(byPeer.size());
            assertThat(evidence.subjects().get("peers")).hasSize(Math.min(NAMED, byPeer.size()));
            assertThat(byPeer.keySet()).containsAll(evidence.subjects().get("peers"));
            assertThat(alert.annotations().get(Alert.SUMMARY)).doesNotStartWith("More");
        }
    }

    private static double sum(List<Sent> all, ToDoubleFunction<Sent> figure) {
        return all.stream().mapToDouble(figure).sum();
    }

    private static double measured(Evidence evidence, String name) {
        return evidence.measurements().stream().filter(each -> each.name().equals(name))
                .mapToDouble(Measurement::value).findFirst().orElseThrow();
    }
}
