package org.bitcoinwatchdog.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bitcoinwatchdog.agent.kernel.SampleElf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes whose arguments, files and names a stranger chose. None of them prevents a node from being found. */
@Timeout(20)
class HostileProcessesTest {
    private static final int GOOD = 7;
    private static final int HOSTILE = 8;

    @TempDir
    private Path proc;

    @TempDir
    private Path root;

    @TempDir
    private Path bin;

    private ProcTree tree;
    private BitcoindProcesses processes;

    @BeforeEach
    void runOneGoodNode() throws IOException {
        tree = new ProcTree(proc);
        tree.node(GOOD, bin.resolve("bitcoind"), List.of("bitcoind", "-regtest"), root);
        processes = new BitcoindProcesses(proc);
    }

    @AfterEach
    void removeLinks() throws IOException {
        tree.removeLinks();
    }

    @Test
    void aConfigurationThatIsADeviceIsNotRead() throws Exception {
        tree.node(HOSTILE, bin.resolve("evil"), List.of("bitcoind", "-conf=/dev/zero"), Path.of("/"));
        assertThat(caveatOf("evil")).contains("/dev/zero").contains("not a regular file");
    }

    @Test
    void aConfigurationThatIsAFifoIsNotWaitedFor() throws Exception {
        tree.node(HOSTILE, bin.resolve("evil"), List.of("bitcoind", "-conf=/fifo"), root);
        fifo(root.resolve("fifo"));
        assertThat(caveatOf("evil")).contains("/fifo").contains("not a regular file");
    }

    @Test
    void aConfigurationThatTheKernelMakesUpIsNotRead() throws Exception {
        tree.node(HOSTILE, bin.resolve("evil"), List.of("bitcoind", "-conf=/proc/kmsg"), Path.of("/"));
        assertThat(nodes()).hasSize(2);
    }

    @Test
    void aConfigurationOfMoreThanAMebibyteIsNotRead() throws Exception {
        tree.node(HOSTILE, bin.resolve("evil"), List.of("bitcoind", "-conf=/large"), root);
        Files.write(root.resolve("large"), new byte[(1 << 20) + 1]);
        assertThat(caveatOf("evil")).contains("longer than 1048576 bytes");
    }

    @Test
    void includedFilesAreOfAMebibyteTogether() throws Exception {
        tree.node(HOSTILE, bin.resolve("evil"), List.of("bitcoind", "-conf=/a.conf", "-datadir=/"), root);
        Files.writeString(root.resolve("a.conf"), "includeconf=large\n".repeat(50_000));
        Files.write(root.resolve("large"), new byte[1 << 19]);
        assertThat(caveatOf("evil")).contains("longer than");
    }

    @Test
    void aLinkInAContainerLeadsToAFileOfTheContainer() throws Exception {
        tree.node(HOSTILE, bin.resolve("evil"), List.of("bitcoind", "-conf=/link"), root);
        Path ours = Files.writeString(bin.resolve("ours"), "signet=1\n");
        Path theirs = root.resolve(Path.of("/").relativize(ours));
        Files.createDirectories(theirs.getParent());
        Files.writeString(theirs, "testnet4=1\n");
        Files.createSymbolicLink(root.resolve("link"), ours);
        assertThat(named("evil").network()).isEqualTo("testnet4");
        Files.delete(root.resolve("link"));
    }

    @Test
    void aNulEndsAPathAsInC() throws Exception {
        tree.node(HOSTILE, bin.resolve("evil"), List.of("bitcoind", "-conf=/nul"), root);
        Files.writeString(root.resolve("nul"), "datadir=/data\0/more\nregtest=1\n");
        assertThat(named("evil").dataDirectory()).hasToString("/data");
        assertThat(named("evil").network()).isEqualTo("regtest");
    }

    @Test
    void everyByteOfAPathIsKeptWhateverTheLocaleIs() throws Exception {
        String latin = "/jos" + (char) 0xe9 + "\n";
        String utf8 = new String("/josé".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        tree.node(HOSTILE, bin.resolve("evil"), List.of("bitcoind", "-datadir=" + latin), root);
        tree.node(HOSTILE + 1, bin.resolve("evil2"), List.of("bitcoind", "-datadir=" + utf8), root);
        shell("mkdir \"$1$(printf '/jos\\351\\n.')\" \"$1$(printf '/jos\\303\\251')\" 2>&1; "
                + "d=$(printf '/jos\\351\\n.'); mv \"$1$d\" \"$1${d%.}\"; echo regtest=1 > \"$1${d%.}/bitcoin.conf\"; "
                + "echo signet=1 > \"$1$(printf '/jos\\303\\251')/bitcoin.conf\"");
        assertThat(named("evil").dataDirectory()).hasToString("/jos\\xe9\\x0a");
        assertThat(named("evil").network()).isEqualTo("regtest");
        assertThat(named("evil2").dataDirectory()).hasToString("/josé");
        assertThat(named("evil2").network()).isEqualTo("signet");
        shell("rm -r \"$1\"/jos*");
    }

    @Test
    void pathsAndArgumentsThatAreTooLongStopNothing() throws Exception {
        tree.node(HOSTILE, bin.resolve("evil"), List.of("bitcoind", "-datadir=/" + "x".repeat(100_000)), root);
        tree.node(HOSTILE + 1, bin.resolve("evil"), List.of("bitcoind", "-x".repeat(1 << 19)), root);
        tree.node(HOSTILE + 2, bin.resolve("evil"), List.of("bitcoind", "-\0".repeat(20_000)), root);
        tree.node(HOSTILE + 3, bin.resolve("evil"), List.of("bitcoind", "-chain=<b>"), root);
        List<SeenProcess> seen = ProcTree.look(processes);
        assertThat(seen).filteredOn(process -> process.node().isPresent()).extracting(SeenProcess::pid).containsExactly(GOOD);
        assertThat(seen).filteredOn(process -> process.node().isEmpty()).hasSize(4)
                .allMatch(process -> process.notable() && process.obstacle().orElseThrow().length() < 200);
    }

    @Test
    void aProcessThatBlocksItsReaderIsReportedAndTheOthersAreFound() throws Exception {
        Path blocked = tree.node(HOSTILE, bin.resolve("evil"), List.of("bitcoind"), root);
        String arguments = Files.readString(blocked.resolve("cmdline"));
        Files.delete(blocked.resolve("cmdline"));
        fifo(blocked.resolve("cmdline"));
        await().untilAsserted(() -> assertThat(lookOnce()).containsExactly(GOOD));
        assertThat(processes.isComplete()).isFalse();
        int threads = examining();
        await("a look that does not wait for it, once the machine has the time").untilAsserted(() -> {
            long beganNs = System.nanoTime();
            processes.look();
            assertThat(Duration.ofNanos(System.nanoTime() - beganNs)).isLessThan(Duration.ofMillis(200));
        });
        List<SeenProcess> seen = processes.look();
        assertThat(examining()).as("a blocked process gets no second thread").isLessThanOrEqualTo(threads);
        assertThat(seen).filteredOn(process -> process.pid() == HOSTILE).singleElement().satisfies(process ->
                assertThat(process.obstacle().orElseThrow()).contains("within the time limit"));

        Files.writeString(blocked.resolve("cmdline"), arguments);
        await().until(() -> lookOnce().size() == 2);
        assertThat(processes.isComplete()).isTrue();
    }

    @Test
    void theBlockedProcessesOfOneUserAreExaminedByAFewThreads() throws Exception {
        List<Path> pipes = new ArrayList<>();
        for (int pid = 100; pid < 130; pid++) {
            Path blocked = tree.node(pid, bin.resolve("evil"), List.of("bitcoind"), root);
            Files.writeString(blocked.resolve("status"), "Uid:\t1000\t1000\t1000\t1000\n");
            Files.delete(blocked.resolve("cmdline"));
            pipes.add(fifo(blocked.resolve("cmdline")));
        }
        int before = examining();
        long beganNs = System.nanoTime();
        processes.look();
        assertThat(Duration.ofNanos(System.nanoTime() - beganNs)).isLessThan(Duration.ofSeconds(3));
        await().untilAsserted(() -> assertThat(lookOnce()).containsExactly(GOOD));
        assertThat(examining() - before).isLessThanOrEqualTo(5);
        tree.node(HOSTILE, bin.resolve("other"), List.of("bitcoind"), root);
        await("another user's").untilAsserted(() ->
                assertThat(lookOnce()).containsExactlyInAnyOrder(GOOD, HOSTILE));
        for (Path pipe : pipes) {
            shell("timeout 0.2 sh -c \"echo > '" + pipe + "'\" || true");
        }
    }

    @Test
    void anExecutableThatCanNotBeReadIsOnlyThatProcesssTrouble() throws Exception {
        tree.process(HOSTILE, bin.resolve("cut"), new byte[10], List.of("x"), root);
        tree.process(HOSTILE + 1, bin.resolve("bitcoind.old"), Arrays.copyOf(SampleElf.ofNode(), 150), List.of("x"), root);
        Path removed = tree.node(HOSTILE + 2, bin.resolve("gone"), List.of("x"), root);
        Files.delete(bin.resolve("gone"));
        assertThat(nodes()).extracting(BitcoindProcess::pid).containsExactly(GOOD);
        assertThat(removed).exists();
        assertThat(processes.look()).filteredOn(SeenProcess::notable).extracting(SeenProcess::pid)
                .containsExactlyInAnyOrder(GOOD, HOSTILE + 1, HOSTILE + 2);
    }

    private List<BitcoindProcess> nodes() {
        List<BitcoindProcess> nodes = ProcTree.nodes(processes);
        assertThat(nodes).extracting(BitcoindProcess::pid).contains(GOOD);
        return nodes;
    }

    private List<Integer> lookOnce() {
        return processes.look().stream().filter(process -> process.node().isPresent()).map(SeenProcess::pid).toList();
    }

    private BitcoindProcess named(String executable) {
        return nodes().stream().filter(process -> process.executable().fileName().equals(executable)).findFirst().orElseThrow();
    }

    private String caveatOf(String executable) {
        BitcoindProcess process = named(executable);
        assertThat(process.network()).isEqualTo("main");
        return process.caveat().orElseThrow();
    }

    private static int examining() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("examine processes"))
                .count();
    }

    private static Path fifo(Path path) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
        return path;
    }

    private void shell(String script) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("sh", "-c", script, "sh", root.toString()).inheritIO().start().waitFor()).isZero();
    }
}
