package org.bitcoinwatchdog.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BitcoindProcessesTest {
    @TempDir
    private Path proc;

    @TempDir
    private Path root;

    private ProcTree tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = new ProcTree(proc);
        tree.kernelThread(2);
        tree.process(5, "/usr/bin/bash", List.of("bash"), root);
    }

    @AfterEach
    void removeLinks() throws IOException {
        tree.removeLinks();
    }

    @Test
    void aBitcoindIsFoundWithWhatItsArgumentsTell() throws Exception {
        tree.process(7, "/usr/local/bin/bitcoind", List.of("bitcoind", "-regtest", "-datadir=data"), root);
        assertThat(new BitcoindProcesses(proc).all()).containsExactly(new BitcoindProcess(
                7, 700, Instant.ofEpochSecond(1795361007), Path.of("/usr/local/bin/bitcoind"), Path.of("/srv/data"), "regtest"));
    }

    @Test
    void aConfigurationFileInTheProcesssOwnFileSystemIsRead() throws Exception {
        tree.process(7, "/usr/bin/bitcoin-node", List.of("bitcoin-node"), root);
        Path data = Files.createDirectories(root.resolve("home/alice/.bitcoin"));
        Files.writeString(data.resolve("bitcoin.conf"), "signet=1\ndatadir=/data\n");
        assertThat(new BitcoindProcesses(proc).all()).singleElement().satisfies(process -> {
            assertThat(process.network()).isEqualTo("signet");
            assertThat(process.dataDirectory()).isEqualTo(Path.of("/data"));
        });
    }

    @Test
    void aFileThatTheConfigurationIncludesIsReadBehindIt() throws Exception {
        tree.process(7, "/usr/bin/bitcoind", List.of("bitcoind"), root);
        Path data = Files.createDirectories(root.resolve("home/alice/.bitcoin"));
        Files.writeString(data.resolve("bitcoin.conf"), "datadir=/first\nincludeconf=more.conf\nincludeconf=missing.conf\n");
        Files.writeString(data.resolve("more.conf"), "regtest=1\ndatadir=/second\nincludeconf=never.conf\n");
        Files.writeString(data.resolve("never.conf"), "chain=signet\n");
        assertThat(new BitcoindProcesses(proc).all()).singleElement().satisfies(process -> {
            assertThat(process.network()).isEqualTo("regtest");
            assertThat(process.dataDirectory()).isEqualTo(Path.of("/first"));
        });
    }

    @Test
    void aSectionOfTheChainCanIncludeAFileAndMoveTheData() throws Exception {
        tree.process(7, "/usr/bin/bitcoind", List.of("bitcoind"), root);
        tree.process(8, "/usr/bin/bitcoind", List.of("bitcoind", "-noincludeconf"), root);
        Path data = Files.createDirectories(root.resolve("home/alice/.bitcoin"));
        Files.writeString(data.resolve("bitcoin.conf"),
                "signet=1\nincludeconf=late.conf\n[main]\nincludeconf=never.conf\n[signet]\nincludeconf=more.conf\n");
        Files.writeString(data.resolve("more.conf"), "[signet]\ndatadir=/of-signet\n");
        Files.writeString(data.resolve("late.conf"), "datadir=/of-all\nsignet.datadir=/too-late\n");
        Files.writeString(data.resolve("never.conf"), "chain=regtest\n");
        assertThat(new BitcoindProcesses(proc).all()).extracting(BitcoindProcess::network).containsOnly("signet");
        assertThat(new BitcoindProcesses(proc).all()).extracting(BitcoindProcess::dataDirectory)
                .containsExactlyInAnyOrder(Path.of("/of-signet"), Path.of("/home/alice/.bitcoin"));
    }

    @Test
    void aProcessThatMayNotBeLookedAtIsToldOf() throws Exception {
        tree.process(7, "/usr/bin/bitcoind", List.of("bitcoind"), root);
        Files.writeString(Files.createDirectories(proc.resolve("8")).resolve("comm"), "bitcoind\n");
        Files.writeString(Files.createDirectories(proc.resolve("9")).resolve("comm"), "kworker\n");
        assertThat(new BitcoindProcesses(proc).hidden()).containsExactly(8);
    }

    @Test
    void aProcThatHidesTheProcessesOfOthersIsToldOf() throws Exception {
        Path mounts = Files.createDirectories(proc.resolve("self")).resolve("mounts");
        Files.writeString(mounts, "proc /proc proc rw,hidepid=invisible 0 0\nproc /srv/proc proc rw 0 0\ntmpfs /tmp tmpfs rw 0 0\n");
        assertThat(new BitcoindProcesses(proc).othersAreInvisible()).isTrue();
        Files.writeString(mounts, "proc /proc proc rw,hidepid=2 0 0\nproc /proc proc rw,nosuid,hidepid=off 0 0\n");
        assertThat(new BitcoindProcesses(proc).othersAreInvisible()).isFalse();
    }

    @Test
    void withoutAnyTellingItIsTheMainChainInTheHomeDirectory() throws Exception {
        tree.process(7, "/usr/bin/bitcoind", List.of("bitcoind"), root);
        assertThat(new BitcoindProcesses(proc).all()).singleElement().satisfies(process -> {
            assertThat(process.network()).isEqualTo("main");
            assertThat(process.dataDirectory()).isEqualTo(Path.of("/home/alice/.bitcoin"));
        });
    }

    @Test
    void anExecutableThatWasReplacedWhileItRunsIsStillTheSame() throws Exception {
        tree.process(7, "/usr/bin/bitcoind (deleted)", List.of("bitcoind"), root);
        assertThat(new BitcoindProcesses(proc).all()).extracting(BitcoindProcess::executable)
                .containsExactly(Path.of("/usr/bin/bitcoind"));
    }

    @Test
    void aProcessIsTheSameAfterTheClockWasSetButNotWhenAnotherHasItsId() throws Exception {
        tree.process(7, "/usr/bin/bitcoind", List.of("bitcoind"), root);
        BitcoindProcess before = new BitcoindProcesses(proc).all().get(0);
        Files.writeString(proc.resolve("stat"), "btime 1795364600\n");
        BitcoindProcess after = new BitcoindProcesses(proc).all().get(0);
        assertThat(after.isSameProcess(before)).isTrue();

        Path stat = proc.resolve("7/stat");
        Files.writeString(stat, Files.readString(stat).replace(" 700 ", " 900 "));
        assertThat(new BitcoindProcesses(proc).all().get(0).isSameProcess(before)).isFalse();
    }

    @Test
    void theProcessThatWaitsForItsDaemonIsNoNode() throws Exception {
        tree.process(7, "/usr/bin/bitcoind", List.of("bitcoind", "-daemonwait"), root);
        Path daemon = tree.process(8, "/usr/bin/bitcoind", List.of("bitcoind", "-daemonwait"), root);
        Files.writeString(daemon.resolve("stat"), Files.readString(daemon.resolve("stat")).replace(" S 1 ", " S 7 "));
        assertThat(new BitcoindProcesses(proc).all()).extracting(BitcoindProcess::pid).containsExactly(8);
    }

    @Test
    void aNodeIsMeantByItsExecutable() throws Exception {
        tree.process(7, "/usr/bin/bitcoind", List.of("bitcoind"), root);
        tree.process(8, "/opt/knots/knotsd", List.of("knotsd"), root);
        assertThat(new BitcoindProcesses(proc).of(NodeSettings.running(Path.of("/opt/knots/knotsd"), "knots", "main")))
                .extracting(BitcoindProcess::pid).containsExactly(8);
    }

    @Test
    void aNodeIsMeantByItsPidFile() throws Exception {
        tree.process(7, "/usr/bin/bitcoind", List.of("bitcoind"), root);
        tree.process(8, "/usr/bin/anything", List.of("anything"), root);
        Path pidFile = Files.writeString(root.resolve("bitcoind.pid"), "8\n");
        assertThat(byPidFile(pidFile)).extracting(BitcoindProcess::pid).containsExactly(8);
        Files.writeString(pidFile, "999\n");
        assertThat(byPidFile(pidFile)).isEmpty();
        Files.writeString(pidFile, "nonsense");
        assertThat(byPidFile(pidFile)).isEmpty();
    }

    private List<BitcoindProcess> byPidFile(Path pidFile) {
        return new BitcoindProcesses(proc).of(
                new NodeSettings(Optional.empty(), Optional.empty(), Optional.of(pidFile), Optional.empty()));
    }
}
