package org.bitcoinwatchdog.agent.p2p;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;
import org.bitcoinwatchdog.agent.recording.Received;
import org.bitcoinwatchdog.events.Inventory;
import org.bitcoinwatchdog.events.InventoryCount;
import org.bitcoinwatchdog.events.InventoryEntry;
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
        List<InventoryEntry> first = InventoryEntry.firstOf(inventory);
        assertThat(first).hasSize(64);
        assertThat(first.get(60).type()).isEqualTo(0x40000002);
        assertThat(first.get(63)).isEqualTo(new InventoryEntry(5, ByteString.copyFrom(bytesOf(63))));
    }

    @Test
    void countsFromTheMessageWhatTheCaptureLeftOut() {
        Message message = Received.whole("inv", new WireBytes().compact(50_000).repeat(1, 50_000 * 36));
        assertThat(message.getInventory().getCount()).isEqualTo(50_000);
        assertThat(message.getInventory().getCountsList()).containsExactly(count(0x01010101, 113));
    }

    @Test
    void countsEachEntryWhereAPeerGivesAllAnotherType() {
        WireBytes payload = new WireBytes().compact(113);
        for (int i = 0; i < 113; i++) {
            payload.int32(i % 112).repeat(i, 32);
        }
        Inventory inventory = Received.whole("inv", payload).getInventory();
        assertThat(inventory.getCountsCount()).isEqualTo(112);
        assertThat(inventory.getCounts(0)).isEqualTo(count(0, 2));
        assertThat(inventory.getCounts(111)).isEqualTo(count(111, 1));
    }

    @Test
    void keepsNothingOfTheMessageBefore() {
        Received.whole("inv", new WireBytes().compact(2).int32(1).repeat(1, 32).int32(2).repeat(2, 32));
        Inventory inventory = Received.whole("inv", new WireBytes().compact(1).int32(5).repeat(3, 32)).getInventory();
        assertThat(inventory.getCountsList()).containsExactly(count(5, 1));
        assertThat(InventoryEntry.firstOf(inventory)).containsExactly(new InventoryEntry(5, ByteString.copyFrom(bytesOf(3))));
    }

    @Test
    void takesOnlyWholeEntriesOfACutCapture() {
        byte[] payload = new WireBytes().compact(3).int32(5).repeat(1, 32).int32(5).repeat(2, 32).toBytes();
        Message message = Received.cut("inv", Arrays.copyOf(payload, payload.length - 1), 1 + 3 * 36);
        assertThat(message.getInventory().getCount()).isEqualTo(3);
        assertThat(message.getInventory().getCountsList()).containsExactly(count(5, 1));
        assertThat(InventoryEntry.firstOf(message.getInventory())).hasSize(1);
    }

    @Test
    void refusesMoreThan50000Entries() {
        assertThat(Received.whole("inv", new WireBytes().compact(50_001).repeat(1, 50_001 * 36)).getUndecodable())
                .isEqualTo(Undecodable.UNDECODABLE_TOO_MANY);
    }

    private static byte[] bytesOf(int value) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    private static InventoryCount count(int type, int count) {
        return InventoryCount.newBuilder().setType(type).setCount(count).build();
    }
}
