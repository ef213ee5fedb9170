package org.bitcoinwatchdog.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bitcoinwatchdog.agent.discovery.NodeSettings;
import org.bitcoinwatchdog.agent.kernel.Tracepoint;
import org.junit.jupiter.api.Test;

class AgentSettingsTest {
    @Test
    void byDefaultWhatIsTooFrequentOrTooPrivateIsOff() {
        assertThat(AgentSettings.defaults().tracepoints().chosen())
                .contains(Tracepoint.NET_INBOUND_MESSAGE, Tracepoint.UTXOCACHE_FLUSH, Tracepoint.MEMPOOL_ADDED)
                .doesNotContain(Tracepoint.UTXOCACHE_ADD, Tracepoint.COIN_SELECTION_SELECTED_COINS)
                .hasSize(15);
    }

    @Test
    void tracepointsAreAddedAndLeftOutByNameOrProvider() {
        assertThat(new TracepointSettings(Set.of("coin_selection:*"), Set.of("mempool:*", "net:inbound_message")).chosen())
                .contains(Tracepoint.COIN_SELECTION_SELECTED_COINS)
                .doesNotContain(Tracepoint.MEMPOOL_ADDED, Tracepoint.NET_INBOUND_MESSAGE);
    }

    @Test
    void anUnknownTracepointIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> new TracepointSettings(Set.of("net:inbound_mesage"), Set.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("net:inbound_mesage")
                .hasMessageContaining("net:inbound_message");
    }

    @Test
    void aRingBufferThatTheKernelWouldRefuseIsRefusedHere() {
        AgentSettings defaults = AgentSettings.defaults();
        assertThatThrownBy(() -> new AgentSettings(List.of(), List.of(), defaults.tracepoints(), 1_000_000, defaults.drainInterval(),
                defaults.heartbeatInterval(), defaults.memoryBytes(), defaults.spoolBytes()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("ring-buffer-bytes must be a power of two");
    }

    @Test
    void twoNodesDoNotHaveOneName() {
        NodeSettings node = NodeSettings.running(Path.of("/usr/bin/bitcoind"), "alice", "main");
        assertThatThrownBy(() -> AgentSettings.defaults().withNodes(node, node))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alice");
    }

    @Test
    void aNodeIsNamedInOneWay() {
        Optional<Path> path = Optional.of(Path.of("/x"));
        assertThatThrownBy(() -> new NodeSettings(Optional.empty(), path, path, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pid-file");
    }
}
