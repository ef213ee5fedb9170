package org.bitcoinwatchdog.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NodeRegisterTest {
    private static final long HOUR_NS = 3_600_000_000_000L;
    private static final long NOW_NS = 1_795_361_549_000_000_000L;
    private static final long TEN_YEARS_NS = 10L * 365 * 24 * HOUR_NS;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {2 * HOUR_NS, TEN_YEARS_NS, -2 * HOUR_NS, -TEN_YEARS_NS, 0})
    void anEpochIsLaterThanTheOneBeforeWhateverTheClockSays(long aheadNs) {
        long first = open().nextEpoch("alice", "main", NOW_NS + aheadNs);
        long second = open().nextEpoch("alice", "main", NOW_NS);
        long third = open().nextEpoch("alice", "main", NOW_NS + 5);
        assertThat(first).isEqualTo(NOW_NS + aheadNs);
        assertThat(second).isGreaterThan(first);
        assertThat(third).isGreaterThan(second);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "null", "[]", "{\"nodes\": 5}", "{\"nodes\": [{}]}", "{\"nodes\": [{\"name\": \"\", \"epoch\": 1}]}",
            "{\"nodes\": [{\"name\": \"a\", \"epoch\": \"x\"}]}", "\0\0\0"})
    void aDamagedFileIsPutAsideAndCostsOnlyItsNames(String text) throws Exception {
        Files.writeString(file(), text);
        assertThat(open().nextEpoch("alice", "main", NOW_NS)).isEqualTo(NOW_NS);
        assertThat(directory.resolve("nodes.json.damaged")).hasContent(text);
        assertThat(open().nextEpoch("alice", "main", NOW_NS)).isEqualTo(NOW_NS + 1);
    }

    @Test
    void aFileThatCantBeWrittenIsAFaultAndEpochsGoOn() throws Exception {
        NodeRegister register = open();
        Files.createDirectories(file().resolve("in the way"));
        assertThat(register.nextEpoch("alice", "main", NOW_NS)).isEqualTo(NOW_NS);
        assertThat(register.nextEpoch("alice", "main", NOW_NS)).isEqualTo(NOW_NS + 1);
        assertThat(register.fault()).hasValueSatisfying(text -> assertThat(text).contains("nodes.json"));
        Files.delete(file().resolve("in the way"));
        Files.delete(file());
        register.nextEpoch("alice", "main", NOW_NS);
        assertThat(register.fault()).isEmpty();
    }

    @Test
    void aNodeThatWasTakenOutOfTheConfigurationIsUnfollowedUntilThatIsKnown() {
        NodeRegister register = open();
        register.remember(new RegisteredNode("alice", "alice", "bitcoind /a", "/data/a", "main", 0));
        register.remember(new RegisteredNode("bob", "bob", "bitcoind /b", "/data/b", "test", 0));
        NodeSettings alice = NodeSettings.running(Path.of("/moved"), "alice", "main");
        assertThat(open().networksOfUnfollowed(List.of(alice))).containsOnlyKeys("bob").containsValue("test");
        open().forget("bob");
        assertThat(open().networksOfUnfollowed(List.of(alice))).isEmpty();
        assertThat(open().networksOfUnfollowed(List.of())).containsOnlyKeys("alice");
    }

    @Test
    void aNodeWithoutANameInTheConfigurationIsFollowedForAsLongAsSomethingCanMeanIt() {
        NodeRegister register = open();
        register.remember(new RegisteredNode("host", "", "any", "/data/a", "main", 0));
        register.remember(new RegisteredNode("host-b", "", "bitcoind /b", "/data/b", "main", 0));
        assertThat(register.networksOfUnfollowed(List.of())).isEmpty();
        NodeSettings second = new NodeSettings(Optional.empty(), Optional.of(Path.of("/b")), Optional.empty(), Optional.empty());
        assertThat(register.networksOfUnfollowed(List.of(second))).containsOnlyKeys("host");
        assertThat(register.networksOfUnfollowed(List.of(NodeSettings.running(Path.of("/b"), "x", "main"))))
                .containsOnlyKeys("host", "host-b");
    }

    private NodeRegister open() {
        return NodeRegister.open(file());
    }

    private Path file() {
        return directory.resolve("nodes.json");
    }
}
