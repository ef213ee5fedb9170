package org.bitcoinwatchdog.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.agent.kernel.SampleElf;
import org.bitcoinwatchdog.events.NodeOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BitcoindProcessesTest {
    @TempDir
    private Path proc;

    @TempDir
    private Path root;

    @TempDir
    private Path bin;

    private ProcTree tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = new ProcTree(proc);
        tree.kernelThread(2);
        tree.process(5, bin.resolve("bash"), SampleElf.ofOther(), List.of("bash"), root);
    }

    @AfterEach
    void removeLinks() throws IOException {
        tree.removeLinks();
    }

    @Test
    void aBitcoindIsFoundWithWhatItsArgumentsTell() throws Exception {
        tree.node(7, bin.resolve("bitcoind"), List.of("bitcoind", "-regtest", "-datadir=data"), root);
        assertThat(nodes()).containsExactly(new BitcoindProcess(
                7, 700, Instant.ofEpochSecond(1795361007), executable("bitcoind"), ProcessPath.ofText("/srv/data"), "regtest",
                Optional.of(NodeOptions.getDefaultInstance()), Optional.empty()));
    }

    @Test
    void aConfigurationFileInTheProcesssOwnFileSystemIsRead() throws Exception {
        tree.node(7, bin.resolve("bitcoin-node"), List.of("bitcoin-node"), root);
        Path data = Files.createDirectories(root.resolve("home/alice/.bitcoin"));
        Files.writeString(data.resolve("bitcoin.conf"), "signet=1\ndatadir=/data\n");
        assertThat(nodes()).singleElement().satisfies(process -> {
            assertThat(process.network()).isEqualTo("signet");
            assertThat(process.dataDirectory()).isEqualTo(ProcessPath.ofText("/data"));
        });
    }

    @Test
    void aFileThatTheConfigurationIncludesIsReadBehindIt() throws Exception {
        tree.node(7, bin.resolve("bitcoind"), List.of("bitcoind"), root);
        Path data = Files.createDirectories(root.resolve("home/alice/.bitcoin"));
        Files.writeString(data.resolve("bitcoin.conf"), "datadir=/first\nincludeconf=more.conf\nincludeconf=missing.conf\n");
        Files.writeString(data.resolve("more.conf"), "regtest=1\ndatadir=/second\nincludeconf=never.conf\n");
        Files.writeString(data.resolve("never.conf"), "chain=signet\n");
        assertThat(nodes()).singleElement().satisfies(process -> {
            assertThat(process.network()).isEqualTo("regtest");
            assertThat(process.dataDirectory()).isEqualTo(ProcessPath.ofText("/first"));
        });
    }

    @Test
    void aSectionOfTheChainCanIncludeAFileAndMoveTheData() throws Exception {
        tree.node(7, bin.resolve("bitcoind"), List.of("bitcoind"), root);
        tree.node(8, bin.resolve("bitcoind"), List.of("bitcoind", "-noincludeconf"), root);
        Path data = Files.createDirectories(root.resolve("home/alice/.bitcoin"));
        Files.writeString(data.resolve("bitcoin.conf"),
                "signet=1\nincludeconf=late.conf\n[main]\nincludeconf=never.conf\n[signet]\nincludeconf=more.conf\n");
        Files.writeString(data.resolve("more.conf"), "[signet]\ndatadir=/of-signet\n");
        Files.writeString(data.resolve("late.conf"), "datadir=/of-all\nsignet.datadir=/too-late\n");
        Files.writeString(data.resolve("never.conf"), "chain=regtest\n");
        assertThat(nodes()).extracting(BitcoindProcess::network).containsOnly("signet");
        assertThat(nodes()).extracting(BitcoindProcess::dataDirectory)
                .containsExactlyInAnyOrder(ProcessPath.ofText("/of-signet"), ProcessPath.ofText("/home/alice/.bitcoin"));
    }

    @Test
    void aProcessThatMayNotBeLookedAtIsToldOf() throws Exception {
        tree.node(7, bin.resolve("bitcoind"), List.of("bitcoind"), root);
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
        tree.node(7, bin.resolve("bitcoind"), List.of("bitcoind"), root);
        assertThat(nodes()).singleElement().satisfies(process -> {
            assertThat(process.network()).isEqualTo("main");
            assertThat(process.dataDirectory()).isEqualTo(ProcessPath.ofText("/home/alice/.bitcoin"));
        });
    }

    @Test
    void anExecutableThatWasReplacedWhileItRunsIsStillTheSame() throws Exception {
        tree.node(7, bin.resolve("bitcoind (deleted)"), List.of("bitcoind"), root);
        assertThat(nodes()).extracting(BitcoindProcess::executable)
                .containsExactly(executable("bitcoind"));
    }

    @Test
    void aProcessIsTheSameAfterTheClockWasSetButNotWhenAnotherHasItsId() throws Exception {
        tree.node(7, bin.resolve("bitcoind"), List.of("bitcoind"), root);
        BitcoindProcess before = nodes().get(0);
        Files.writeString(proc.resolve("stat"), "btime 1795364600\n");
        BitcoindProcess after = nodes().get(0);
        assertThat(after.isSameProcess(before)).isTrue();

        Path stat = proc.resolve("7/stat");
        Files.writeString(stat, Files.readString(stat).replace(" 700 ", " 900 "));
        assertThat(nodes().get(0).isSameProcess(before)).isFalse();
    }

    @Test
    void theProcessThatWaitsForItsDaemonIsNoNode() throws Exception {
        tree.node(7, bin.resolve("bitcoind"), List.of("bitcoind", "-daemonwait"), root);
        Path daemon = tree.node(8, bin.resolve("bitcoind"), List.of("bitcoind", "-daemonwait"), root);
        Files.writeString(daemon.resolve("stat"), Files.readString(daemon.resolve("stat")).replace(" S 1 ", " S 7 "));
        assertThat(nodes()).extracting(BitcoindProcess::pid).containsExactly(8);
    }

    @Test
    void aNodeIsKnownByItsTracepointsWhateverItsNameIs() throws Exception {
        tree.node(7, bin.resolve("bitcoin-gui"), List.of("bitcoin-gui"), root);
        tree.node(8, bin.resolve("bitcoind-30.2"), List.of("bitcoind"), root);
        tree.node(9, bin.resolve(".bitcoind-wrapped"), List.of("bitcoind"), root);
        tree.node(10, bin.resolve("knots"), List.of("knots"), root);
        tree.node(11, bin.resolve("test_bitcoin"), List.of("test_bitcoin"), root);
        tree.process(12, bin.resolve("bitcoind"), SampleElf.ofOther(), List.of("bitcoind"), root);
        List<SeenProcess> seen = ProcTree.look(new BitcoindProcesses(proc));
        assertThat(seen).filteredOn(process -> process.node().isPresent()).extracting(SeenProcess::pid)
                .containsExactlyInAnyOrder(7, 8, 9, 10);
        assertThat(seen).filteredOn(process -> process.pid() == 11).singleElement().satisfies(process ->
                assertThat(process.obstacle().orElseThrow()).contains("test program"));
        assertThat(seen).filteredOn(process -> process.pid() == 12).singleElement().satisfies(process -> {
            assertThat(process.notable()).isTrue();
            assertThat(process.isBuiltWithoutTracepoints()).isTrue();
        });
        assertThat(seen).filteredOn(process -> process.pid() == 5).singleElement().satisfies(process ->
                assertThat(process.notable()).isFalse());
    }

    @Test
    void aProcessThatRunsAnotherExecutableIsExaminedAgain() throws Exception {
        BitcoindProcesses processes = new BitcoindProcesses(proc);
        Path process = tree.process(7, bin.resolve("sh"), SampleElf.ofOther(), List.of("sh"), root);
        assertThat(ProcTree.nodes(processes)).isEmpty();
        relink(process.resolve("exe"), Files.write(bin.resolve("bitcoind"), SampleElf.ofNode()));
        assertThat(ProcTree.nodes(processes)).extracting(BitcoindProcess::pid).containsExactly(7);
        relink(process.resolve("exe"), bin.resolve("sh"));
        assertThat(ProcTree.nodes(processes)).isEmpty();
    }

    @Test
    void aNodeWhoseExecutableIsReplacedStaysTheSameEvenIfItsConfigurationCanNoLongerBeRead() throws Exception {
        BitcoindProcesses processes = new BitcoindProcesses(proc);
        Path process = tree.node(7, bin.resolve("bitcoind"), List.of("bitcoind", "-regtest"), root);
        List<BitcoindProcess> before = ProcTree.nodes(processes);
        relink(process.resolve("exe"), Files.move(bin.resolve("bitcoind"), bin.resolve("bitcoind (deleted)")));
        Files.delete(process.resolve("cmdline"));
        assertThat(ProcTree.nodes(processes)).isEqualTo(before);
    }

    @Test
    void theCopyThatANodeForksToRunACommandIsNotTakenForIt() throws Exception {
        BitcoindProcesses processes = new BitcoindProcesses(proc);
        tree.node(7, bin.resolve("bitcoind"), List.of("bitcoind", "-blocknotify=true"), root);
        assertThat(ProcTree.nodes(processes)).extracting(BitcoindProcess::pid).containsExactly(7);
        Path copy = tree.node(8, bin.resolve("bitcoind"), List.of("bitcoind", "-blocknotify=true"), root);
        Files.writeString(copy.resolve("stat"), Files.readString(copy.resolve("stat")).replace(" S 1 ", " S 7 "));
        assertThat(processes.look()).filteredOn(process -> process.node().isPresent()).extracting(SeenProcess::pid)
                .containsExactly(7);
        assertThat(ProcTree.nodes(processes)).as("a copy that lasts is the daemon").extracting(BitcoindProcess::pid)
                .containsExactly(8);
    }

    private List<BitcoindProcess> nodes() {
        return ProcTree.nodes(new BitcoindProcesses(proc));
    }

    private ProcessPath executable(String name) {
        return ProcessPath.of(bin.resolve(name));
    }

    private static void relink(Path link, Path target) throws IOException {
        Files.delete(link);
        Files.createSymbolicLink(link, target);
    }
}
