package org.bitcoinwatchdog.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bitcoinwatchdog.agent.discovery.NodeSettings;
import org.bitcoinwatchdog.agent.kernel.TracingAssumption;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.TracepointStatus;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worst bursts of a node, fired as fast as the machine can, into a ring buffer of the default size. */
class BurstsIT {
    private static final int TRANSACTIONS = 5_000;
    private static final int BLOCKS = 50;
    private static final int BLOCK_BYTES = 2_000_000;
    private static final int ADDRESS_MESSAGES = 500;
    private static final int ENTRIES = 1_000;
    private static final String ENTRIES_AS_VARINT = "fde803";
    private static final String HASH = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    @TempDir
    private Path directory;

    @BeforeAll
    static void mayTrace() {
        TracingAssumption.check();
    }

    @Test
    void aBlockThatRemovesFiveThousandTransactionsFromTheMempool() throws Exception {
        String removal = call("mempool:removed", "\"" + HASH + "\",\"block\",250,1000,1795361500");
        String block = call("validation:block_connected", "\"" + HASH + "\",900000,5001,12000,20000,350000000");
        nothingIsLost(Stream.concat(Stream.of(block), Stream.generate(() -> removal).limit(TRANSACTIONS)), 1, TRANSACTIONS + 1);
    }

    @Test
    void fiftyBlocksOfTwoMegabytesServedAtOnce() throws Exception {
        String header = "01000000" + HASH + HASH + "29ab5f49" + "ffff001d" + "1dac2b7c" + "fd8913";
        nothingIsLost(IntStream.range(0, BLOCKS).mapToObj(peer ->
                message("outbound", peer, "block", BLOCK_BYTES, header + "00".repeat(5000))), 1, BLOCKS);
    }

    @Test
    void fiveHundredMessagesOfAThousandAddresses() throws Exception {
        String entry = "29ab5f49" + "0904000000000000" + "00000000000000000000ffff0a000001" + "208d";
        String payload = ENTRIES_AS_VARINT + entry.repeat(ENTRIES);
        List<NodeEvent> events = nothingIsLost(
                Stream.of(message("inbound", 1, "addr", payload.length() / 2, payload)), ADDRESS_MESSAGES, ADDRESS_MESSAGES);
        assertThat(events).allMatch(event -> event.getInboundMessage().getAddresses().getEntriesCount() == ENTRIES);
    }

    /** The largest such message: 41 bytes for each address. */
    @Test
    void fiveHundredMessagesOfAThousandOnionAddresses() throws Exception {
        String entry = "29ab5f49" + "01" + "04" + "20" + HASH + "208d";
        String payload = ENTRIES_AS_VARINT + entry.repeat(ENTRIES);
        List<NodeEvent> events = nothingIsLost(
                Stream.of(message("inbound", 1, "addrv2", payload.length() / 2, payload)), ADDRESS_MESSAGES, ADDRESS_MESSAGES);
        assertThat(events).allMatch(event -> event.getInboundMessage().getAddresses().getEntriesCount() == ENTRIES);
    }

    /** The events of the calls. */
    private List<NodeEvent> nothingIsLost(Stream<String> calls, int times, int fired) throws Exception {
        Path recording = Files.writeString(directory.resolve("burst.jsonl"), calls.collect(Collectors.joining("\n", "", "\n")));
        CollectedEvents events = new CollectedEvents();
        try (Player player = Player.in(directory);
                TracedHost host = TracedHost.overloaded(AgentSettings.defaults().ringBufferBytes(), events,
                        NodeSettings.running(player.executable(), "alice", "main"))) {
            player.play(List.of(recording), "--loop", Integer.toString(times));
            assertThat(player.await()).isZero();
            events.await(0, NodeEvent::hasNodeStopped);
        }
        assertThat(events.all()).noneMatch(NodeEvent::hasLoss);
        Heartbeat last = events.last("alice", NodeEvent.BodyCase.HEARTBEAT).getHeartbeat();
        assertThat(last.getTracepointsList()).allMatch(status -> status.getDropped() == 0 && status.getUndecodable() == 0);
        assertThat(last.getTracepointsList().stream().mapToLong(TracepointStatus::getFired).sum()).isEqualTo(fired);
        List<NodeEvent> traced = events.all().stream()
                .filter(event -> !event.hasHeartbeat() && !event.hasNodeStarted() && !event.hasNodeStopped())
                .toList();
        assertThat(traced).hasSize(fired);
        return traced;
    }

    private static String message(String direction, int peer, String type, int bytes, String payload) {
        return call("net:" + direction + "_message", peer + ",\"203.0.113." + peer + ":8333\",\"inbound\",\"" + type + "\"," + bytes
                + ",\"" + payload + "\"");
    }

    private static String call(String tracepoint, String arguments) {
        return "{\"time_ns\":1795361549480184000,\"node\":\"alice\",\"tracepoint\":\"" + tracepoint + "\",\"args\":[" + arguments + "]}";
    }
}
