package org.bitcoinwatchdog.detectors.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bitcoinwatchdog.events.ConnectionType;
import org.junit.jupiter.api.Test;

class OpenPeersTest {
    private final OpenPeers peers = new OpenPeers(Duration.ofSeconds(30));

    @Test
    void findsBothOfTwoPeersWhoseIdsShareAnIndex() {
        Peer one = peer(1);
        Peer other = peer(257);
        peers.put(one);
        peers.put(other);
        assertThat(List.of(peers.get(1), peers.get(257), peers.get(1))).containsExactly(one, other, one);
    }

    @Test
    void doesNotFindAPeerThatIsGone() {
        peers.put(peer(1));
        peers.put(peer(2));
        peers.put(peer(3));
        assertThat(peers.remove(1).id()).isEqualTo(1);
        assertThat(peers.removeIf(peer -> peer.id() == 2)).isTrue();
        assertThat(peers.get(1)).isNull();
        assertThat(peers.get(2)).isNull();
        peers.clear();
        assertThat(peers.get(3)).isNull();
    }

    @Test
    void findsThePeerThatCameLastOfTwoWithOneId() {
        peers.put(peer(1));
        Peer again = peer(1);
        peers.put(again);
        assertThat(peers.get(1)).isSameAs(again);
        assertThat(peers.values()).containsExactly(again);
    }

    @Test
    void isAMapByIdInOrderOfArrivalWhateverComesAndGoes() {
        Random random = new Random(1);
        Map<Long, Peer> expected = new LinkedHashMap<>();
        for (int i = 0; i < 100_000; i++) {
            long id = random.nextInt(1_000);
            switch (random.nextInt(4)) {
                case 0 -> {
                    Peer peer = peer(id);
                    peers.put(peer);
                    expected.put(id, peer);
                }
                case 1 -> assertThat(peers.remove(id)).isSameAs(expected.remove(id));
                default -> assertThat(peers.get(id)).isSameAs(expected.get(id));
            }
        }
        assertThat(new ArrayList<>(peers.values())).isEqualTo(new ArrayList<>(expected.values()));
    }

    @Test
    void aPeerIsHeardLatelyOnlyWhileHearingItAgainWouldChangeNothing() {
        long beganNs = 1_780_000_000_400_000_000L;
        long stepNs = 30_000_000_000L;
        Random random = new Random(1);
        Map<Long, Long> heardNs = new LinkedHashMap<>();
        long nowNs = beganNs;
        int lately = 0;
        for (int i = 0; i < 100_000; i++) {
            nowNs += random.nextInt(5_000) == 0 ? -4_000_000_000_000L : random.nextInt(100_000_000); // a clock that is set back
            long id = random.nextInt(300);
            Long before = heardNs.get(id);
            boolean changesNothing = before != null && nowNs >= before && nowNs - before < stepNs;
            if (peers.heardLately(id, nowNs)) {
                assertThat(changesNothing).isTrue();
                lately++;
            } else if (before == null) {
                peers.put(peer(id, nowNs));
                heardNs.put(id, nowNs);
            } else if (random.nextInt(50) == 0) {
                peers.remove(id);
                heardNs.remove(id);
            } else {
                Peer peer = peers.get(id);
                peer.heard(changesNothing ? before : nowNs);
                peers.note(peer);
                heardNs.put(id, peer.heardAtNs());
            }
        }
        assertThat(lately).isGreaterThan(20_000);
    }

    @Test
    void usefulnessIsNotedApartFromHearing() {
        long nowNs = 1_780_000_000_000_000_000L;
        Peer peer = peer(7, nowNs - 60_000_000_000L);
        peers.put(peer);
        peer.heard(nowNs - 2_000_000_000L);
        peers.note(peer);
        assertThat(peers.heardLately(7, nowNs)).isTrue();
        assertThat(peers.usefulLately(7, nowNs)).isFalse();
        peer.useful(nowNs - 2_000_000_000L);
        peers.note(peer);
        assertThat(peers.usefulLately(7, nowNs)).isTrue();
    }

    private static Peer peer(long id, long heardAtNs) {
        return new Peer(id, "192.0.2.1:8333", ConnectionType.CONNECTION_TYPE_INBOUND, 0, heardAtNs, Optional.empty());
    }

    private static Peer peer(long id) {
        return new Peer(id, "192.0.2.1:8333", ConnectionType.CONNECTION_TYPE_INBOUND, 0, 0, Optional.empty());
    }
}
