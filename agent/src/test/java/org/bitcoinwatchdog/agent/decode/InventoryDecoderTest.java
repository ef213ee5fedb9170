package org.bitcoinwatchdog.agent.decode;

import static org.assertj.core.api.Assertions.assertThat;

import org.bitcoinwatchdog.events.Inventory;
import org.bitcoinwatchdog.events.InventoryCount;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.Undecodable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InventoryDecoderTest {
    @ParameterizedTest
    @ValueSource(strings = {"inv", "getdata", "notfound"})
    void countsByTypeAndKeepsTheFirstHashes(String type) {
        WireBytes payload = new WireBytes().compact(100);
        for (int i = 0; i < 100; i++) {
            payload.int32(i % 10 == 0 ? 0x40000002 : 5).repeat(i, 32);
        }
        Inventory inventory = Received.whole(type, payload).getInventory();
        assertThat(inventory.getCount()).isEqualTo(100);
        assertThat(inventory.getCountsList()).containsExactly(count(0x40000002, 10), count(5, 90));
        assertThat(inventory.getFirstCount()).isEqualTo(64);
        assertThat(inventory.getFirst(63).getHash().byteAt(31)).isEqualTo((byte) 63);
    }

    @Test
    void countsFromTheMessageWhatTheCaptureLeftOut() {
        Message message = Received.whole("inv", new WireBytes().compact(50_000).repeat(1, 50_000 * 36));
        assertThat(message.getInventory().getCount()).isEqualTo(50_000);
        assertThat(message.getInventory().getCountsList()).containsExactly(count(0x01010101, 113));
    }

    @Test
    void refusesMoreThan50000Entries() {
        assertThat(Received.whole("inv", new WireBytes().compact(50_001).repeat(1, 50_001 * 36)).getUndecodable())
                .isEqualTo(Undecodable.UNDECODABLE_TOO_MANY);
    }

    private static InventoryCount count(int type, int count) {
        return InventoryCount.newBuilder().setType(type).setCount(count).build();
    }
}
