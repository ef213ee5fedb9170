package org.bitcoinwatchdog.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeNamesTest {
    private final NodeNames names = new NodeNames();

    @Test
    void theOnlyNodeIsCalledLikeItsHost() {
        assertThat(names.name("host", process(1, "/data/a"), false)).isEqualTo("host");
    }

    @Test
    void severalNodesHaveTheirDataDirectorysName() {
        assertThat(names.name("host", process(1, "/data/a"), true)).isEqualTo("host-a");
        assertThat(names.name("host", process(2, "/data/b"), true)).isEqualTo("host-b");
    }

    @Test
    void aNodeKeepsItsNameThroughRestartsAndOtherNodes() {
        BitcoindProcess first = process(1, "/data/a");
        BitcoindProcess other = process(2, "/data/b");
        names.name("host", first, false);
        assertThat(names.name("host", other, true)).isEqualTo("host-b");
        BitcoindProcess restarted = process(3, "/data/a");
        names.retain(List.of(other, restarted));
        assertThat(names.name("host", restarted, true)).isEqualTo("host");
        assertThat(names.name("host", other, true)).isEqualTo("host-b");
    }

    @Test
    void noTwoRunningProcessesHaveOneName() {
        BitcoindProcess first = process(1, "/data/a");
        BitcoindProcess second = process(2, "/data/a");
        BitcoindProcess third = process(3, "/data/a");
        assertThat(List.of(names.name("x", first, true), names.name("x", second, true), names.name("x", third, true)))
                .containsExactly("x-a", "x-a-main", "x-a-2");
        names.retain(List.of(second, third));
        assertThat(names.name("x", second, true)).isEqualTo("x-a-main");
    }

    private static BitcoindProcess process(int pid, String dataDirectory) {
        return new BitcoindProcess(
                pid, 100L * pid, Instant.ofEpochSecond(pid), ProcessPath.ofText("/usr/bin/bitcoind"),
                ProcessPath.ofText(dataDirectory), "main", Optional.empty());
    }
}
