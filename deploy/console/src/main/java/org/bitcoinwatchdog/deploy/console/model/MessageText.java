package org.bitcoinwatchdog.deploy.console.model;

import java.util.List;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.events.AddressEntry;
import org.bitcoinwatchdog.events.Addresses;
import org.bitcoinwatchdog.events.AnnouncedBlock;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.Headers;
import org.bitcoinwatchdog.events.Inventory;
import org.bitcoinwatchdog.events.InventoryCount;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.SafeText;
import org.bitcoinwatchdog.events.Undecodable;
import org.bitcoinwatchdog.events.Version;

/** A message's content, in a few words. */
public final class MessageText {
    private static final int WITNESS = 0x40000000;
    private static final int NAMED = 3;

    private MessageText() {
    }

    public static String of(Message message) {
        if (message.getUndecodable() != Undecodable.UNDECODABLE_UNSPECIFIED) {
            return "undecodable: " + EnumNames.of(message.getUndecodable());
        }
        return switch (message.getPayloadCase()) {
            case VERSION -> version(message.getVersion());
            case ADDRESSES -> addresses(message.getAddresses());
            case INVENTORY -> inventory(message.getInventory());
            case HEADERS -> headers(message.getHeaders());
            case BLOCK -> block(message.getBlock());
            case NONCE -> "nonce " + Long.toHexString(message.getNonce().getNonce());
            case FEE_FILTER -> message.getFeeFilter().getMinFeeSatPerKvb() + " sat/kvB";
            case SEND_COMPACT -> (message.getSendCompact().getHighBandwidth() ? "high" : "low") + " bandwidth, version "
                    + message.getSendCompact().getVersion();
            case BLOCK_TRANSACTIONS -> message.getBlockTransactions().getCount() + " of block "
                    + shortened(TipView.hex(message.getBlockTransactions().getBlockHash()));
            case GET_HEADERS -> "from " + shortened(TipView.hex(message.getGetHeaders().getFirstLocatorHash()));
            default -> "";
        };
    }

    private static String version(Version version) {
        return version.getProtocolVersion() + " " + SafeText.of(version.getUserAgent(), ConsoleLimits.TEXT) + " height " + version.getStartHeight();
    }

    private static String addresses(Addresses addresses) {
        List<AddressEntry> entries = addresses.getEntriesList();
        String named = entries.stream().limit(NAMED).map(entry -> AddressGroup.of(entry.getAddress()).name())
                .collect(Collectors.joining(", "));
        return counted(addresses.getCount(), "address", "addresses") + (named.isEmpty() ? "" : ": " + named)
                + (entries.size() > NAMED ? " …" : "");
    }

    private static String inventory(Inventory inventory) {
        return inventory.getCountsList().stream().limit(NAMED + 1L).map(MessageText::item).collect(Collectors.joining(", "))
                + (inventory.getFirstCount() == 1 ? " " + shortened(TipView.hex(inventory.getFirst(0).getHash())) : "");
    }

    private static String item(InventoryCount count) {
        String type = switch (count.getType() & ~WITNESS) {
            case 1 -> "tx";
            case 2 -> "block";
            case 3 -> "filtered block";
            case 4 -> "compact block";
            case 5 -> "wtx";
            default -> "of type " + Integer.toUnsignedString(count.getType());
        };
        return count.getCount() + " " + type;
    }

    private static String headers(Headers headers) {
        return counted(headers.getCount(), "header", "headers")
                + (headers.getHeadersCount() == 0 ? "" : " to " + header(headers.getHeaders(headers.getHeadersCount() - 1)));
    }

    private static String block(AnnouncedBlock block) {
        return header(block.getHeader())
                + (block.getTransactions() == 0 ? "" : ", " + counted(block.getTransactions(), "transaction", "transactions"));
    }

    private static String header(BlockHeader header) {
        return shortened(TipView.hex(header.getHash())) + (header.getProofOfWorkValid() ? "" : " without proof of work");
    }

    private static String counted(int count, String one, String many) {
        return Integer.toUnsignedString(count) + " " + (count == 1 ? one : many);
    }

    /** The end of a hash: the front is zeros. */
    private static String shortened(String hash) {
        return hash.length() <= 16 ? hash : "…" + hash.substring(hash.length() - 12);
    }
}
