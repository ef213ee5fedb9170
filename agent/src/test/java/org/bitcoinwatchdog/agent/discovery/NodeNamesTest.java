package org.bitcoinwatchdog.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NodeNamesTest {
    private static final NodeSettings ANY = NodeSettings.defaults();

    @TempDir
    private Path directory;

    private NodeNames names = new NodeNames(NodeRegister.inMemory());

    @Test
    void theOnlyNodeIsCalledLikeItsHost() {
        assertThat(name("host", process(1, "/data/a"), false)).isEqualTo("host");
    }

    @Test
    void severalNodesHaveTheirDataDirectorysName() {
        assertThat(name("host", process(1, "/data/a"), true)).isEqualTo("host-a");
        assertThat(name("host", process(2, "/data/b"), true)).isEqualTo("host-b");
    }

    @Test
    void aNodeKeepsItsNameThroughRestartsAndOtherNodes() {
        BitcoindProcess first = process(1, "/data/a");
        BitcoindProcess other = process(2, "/data/b");
        name("host", first, false);
        assertThat(name("host", other, true)).isEqualTo("host-b");
        BitcoindProcess restarted = process(3, "/data/a");
        names.retain(List.of(other, restarted));
        assertThat(name("host", restarted, true)).isEqualTo("host");
        assertThat(name("host", other, true)).isEqualTo("host-b");
    }

    @Test
    void noTwoRunningProcessesHaveOneName() {
        BitcoindProcess first = process(1, "/data/a");
        BitcoindProcess second = process(2, "/data/a");
        BitcoindProcess third = process(3, "/data/a");
        assertThat(List.of(name("x", first, true), name("x", second, true), name("x", third, true)))
                .containsExactly("x-a", "x-a-main", "x-a-2");
        names.retain(List.of(second, third));
        assertThat(name("x", second, true)).isEqualTo("x-a-main");
    }

    @Test
    void theFirstNodeKeepsItsNameWhenASecondAppearsAndTheAgentRestarts() {
        restart();
        name("host", process(1, "/data/a"), false);
        restart();
        assertThat(name("host", process(1, "/data/a"), true)).isEqualTo("host");
        assertThat(name("host", process(2, "/data/b"), true)).isEqualTo("host-b");
        restart();
        assertThat(name("host", process(2, "/data/b"), false)).isEqualTo("host-b");
    }

    @Test
    void neitherAnUpgradeNorAnotherHostNameRenamesANode() {
        restart();
        name("host", process(1, "/data/a"), false);
        restart();
        BitcoindProcess upgraded = new BitcoindProcess(5, 500, Instant.ofEpochSecond(5), ProcessPath.ofText("/opt/31/bitcoind"),
                ProcessPath.ofText("/data/a"), "main", Optional.empty(), Optional.empty());
        assertThat(name("renamed", upgraded, true)).isEqualTo("host");
    }

    @Test
    void aConfigurationThatCantBeReadForOnceRenamesNoNode() {
        restart();
        names.name(ANY, "host", new BitcoindProcess(1, 100, Instant.ofEpochSecond(1), ProcessPath.ofText("/usr/bin/bitcoind"),
                ProcessPath.ofText("/data/a"), "regtest", Optional.empty(), Optional.empty()), false);
        restart();
        BitcoindProcess unread = new BitcoindProcess(2, 200, Instant.ofEpochSecond(2), ProcessPath.ofText("/usr/bin/bitcoind"),
                ProcessPath.ofText("/data/a"), "main", Optional.empty(), Optional.of("bitcoin.conf can't be read"));
        assertThat(name("host", unread, true)).isEqualTo("host");
    }

    @Test
    void theConfigurationsNameIsTheOperatorsWhateverWasCalledSoBefore() {
        restart();
        name("alice", process(1, "/data/a"), false);
        restart();
        NodeSettings alice = NodeSettings.running(Path.of("/usr/bin/bitcoind"), "alice", "main");
        assertThat(names.name(alice, "host", process(2, "/data/elsewhere"), false)).isEqualTo("alice");
        assertThat(name("host", process(1, "/data/a"), false)).isEqualTo("host");
    }

    private String name(String host, BitcoindProcess process, boolean several) {
        return names.name(ANY, host, process, several);
    }

    private void restart() {
        names = new NodeNames(NodeRegister.open(directory.resolve("nodes.json")));
    }

    private static BitcoindProcess process(int pid, String dataDirectory) {
        return new BitcoindProcess(
                pid, 100L * pid, Instant.ofEpochSecond(pid), ProcessPath.ofText("/usr/bin/bitcoind"),
                ProcessPath.ofText(dataDirectory), "main", Optional.empty(), Optional.empty());
    }
}
