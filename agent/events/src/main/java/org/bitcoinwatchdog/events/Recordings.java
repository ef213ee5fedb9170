package org.bitcoinwatchdog.events;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.function.Consumer;
import org.bitcoinwatchdog.events.RecordingReader.BrokenLine;

/** The recordings that ship with the watchdog. */
public final class Recordings {
    /** One node flooded with addresses in the pattern of July 2021. */
    public static final String ADDRESS_FLOOD = "addr_flood_dev";
    /** One of two nodes is eclipsed and then healed, while its miner goes on. */
    public static final String ECLIPSE = "eclipse_dev";
    /** A fleet of four nodes with ordinary traffic. */
    public static final String FLEET_NORMAL = "fleet_normal";

    /**
     * Two nodes of mainnet on the two sides of the split of August 2026: blocks, and headers of the branch. It lasts for
     * days, so only {@code replay} plays it.
     */
    public static final String SPLIT = "split_2026_08";

    /** Those that last for seconds or minutes. */
    public static final List<String> NAMES = List.of(
            ADDRESS_FLOOD, ECLIPSE, FLEET_NORMAL, "feature_rbf", "p2p_addr_relay", "p2p_addrv2_relay",
            "p2p_compactblocks", "p2p_eviction", "p2p_invalid_messages", "wallet_basic");

    private Recordings() {
    }

    /** The file of the recording: JSON lines, gzip. */
    public static InputStream bytes(String name) throws IOException {
        InputStream in = Recordings.class.getResourceAsStream("/recordings/" + name + ".jsonl.gz");
        if (in == null) {
            throw new FileNotFoundException("no recording " + name + ", but " + String.join(", ", NAMES) + ", " + SPLIT);
        }
        return in;
    }

    public static RecordingReader open(String name, Consumer<BrokenLine> brokenLines) throws IOException {
        return new RecordingReader(bytes(name), brokenLines);
    }
}
