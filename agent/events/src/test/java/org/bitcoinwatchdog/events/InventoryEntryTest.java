package org.bitcoinwatchdog.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.protobuf.ByteString;
import java.util.List;
import org.junit.jupiter.api.Test;

class InventoryEntryTest {
    private static final InventoryEntry BLOCK = new InventoryEntry(0x40000002, ByteString.copyFrom(new byte[32]));
    private static final InventoryEntry TRANSACTION = new InventoryEntry(5, ByteString.copyFromUtf8("0123456789abcdef0123456789abcdef"));

    @Test
    void readsBackWhatItWroteInOrder() {
        Inventory inventory = Inventory.newBuilder()
                .setFirstEntries(InventoryEntry.toBytes(List.of(TRANSACTION, BLOCK))).build();
        assertThat(inventory.getFirstEntries().byteAt(0)).isEqualTo((byte) 5);
        assertThat(InventoryEntry.firstOf(inventory)).containsExactly(TRANSACTION, BLOCK);
    }

    @Test
    @SuppressWarnings("deprecation")
    void readsWhatWasWrittenAsMessages() {
        Inventory inventory = Inventory.newBuilder()
                .addFirst(InventoryItem.newBuilder().setType(BLOCK.type()).setHash(BLOCK.hash())).build();
        assertThat(InventoryEntry.firstOf(inventory)).containsExactly(BLOCK);
    }

    @Test
    void passesOverAnEntryThatIsCutOff() {
        ByteString whole = InventoryEntry.toBytes(List.of(TRANSACTION, BLOCK));
        Inventory inventory = Inventory.newBuilder().setFirstEntries(whole.substring(0, whole.size() - 1)).build();
        assertThat(InventoryEntry.firstOf(inventory)).containsExactly(TRANSACTION);
    }

    @Test
    void refusesAHashOfAnotherLength() {
        assertThatIllegalArgumentException().isThrownBy(() -> new InventoryEntry(5, ByteString.EMPTY));
    }
}
