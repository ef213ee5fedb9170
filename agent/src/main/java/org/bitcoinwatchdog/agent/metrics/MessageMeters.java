package org.bitcoinwatchdog.agent.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitcoinwatchdog.events.Inventory;
import org.bitcoinwatchdog.events.InventoryCount;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.MessageTypes;
import org.bitcoinwatchdog.events.Undecodable;

/** Messages of one direction. */
final class MessageMeters {
    private static final String[] INVENTORY_TYPES = {"other", "tx", "block", "filtered-block", "cmpct-block", "wtx"};
    private static final int WITNESS_FLAG = 1 << 30;

    /** Both are updated for each message of the type. */
    private record TypeCounters(Counter messages, Counter bytes) {
    }

    private final KnownWords<TypeCounters> traffic;
    private final Map<Undecodable, Counter> undecodable = new EnumMap<>(Undecodable.class);
    private final KnownWords<Counter[]> inventory;
    private final Counter otherForm;

    MessageMeters(NodeMeters meters, String direction) {
        traffic = new KnownWords<>(MessageTypes.KNOWN, type -> new TypeCounters(
                meters.counter("p2p.messages", "P2P messages", "direction", direction, "type", type),
                meters.counterOf("bytes", "p2p.message", "Payload of P2P messages, without their headers",
                        "direction", direction, "type", type)));
        for (Undecodable reason : Undecodable.values()) {
            if (reason != Undecodable.UNDECODABLE_UNSPECIFIED && reason != Undecodable.UNRECOGNIZED) {
                undecodable.put(reason, meters.counter("p2p.undecodable.messages", "Messages with a malformed payload",
                        "direction", direction, "reason", word(reason)));
            }
        }
        otherForm = meters.counter("p2p.other.form.headers",
                "Block headers of another form: version bit 31, 164 bytes. They belong to another chain", "direction", direction);
        inventory = new KnownWords<>(List.of("inv", "getdata", "notfound"), message -> {
            Counter[] byType = new Counter[INVENTORY_TYPES.length];
            if (!message.equals(KnownWords.OTHER)) {
                for (int i = 0; i < byType.length; i++) {
                    byType[i] = meters.counter("p2p.inventory.entries", "Entries of inv, getdata and notfound",
                            "direction", direction, "message", message, "type", INVENTORY_TYPES[i]);
                }
            }
            return byType;
        });
    }

    void on(Message message) {
        TypeCounters ofType = traffic.of(message.getType());
        ofType.messages.increment();
        ofType.bytes.increment(message.getSizeBytes());
        Counter failed = undecodable.get(message.getUndecodable());
        if (failed != null) {
            failed.increment();
        }
        if (message.hasHeaders() || message.hasBlock()) {
            otherForm.increment(message.getHeaders().getOtherForm() + (message.getBlock().getOtherForm() ? 1 : 0));
        }
        if (message.hasInventory()) {
            count(message.getInventory(), inventory.of(message.getType()));
        }
    }

    private static void count(Inventory inventory, Counter[] byType) {
        for (InventoryCount entries : inventory.getCountsList()) {
            int type = entries.getType() & ~WITNESS_FLAG;
            Counter counter = byType[type > 0 && type < byType.length ? type : 0];
            if (counter != null) {
                counter.increment(entries.getCount());
            }
        }
    }

    private static String word(Undecodable reason) {
        return reason.name().substring("UNDECODABLE_".length()).toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
