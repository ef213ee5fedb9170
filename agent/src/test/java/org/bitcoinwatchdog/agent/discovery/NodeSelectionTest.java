package org.bitcoinwatchdog.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.agent.kernel.SampleElf;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
class NodeSelectionTest {
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
        tree.node(7, bin.resolve("bitcoind"), List.of("bitcoind"), root);
    }

    @AfterEach
    void removeLinks() throws IOException {
        tree.removeLinks();
    }

    @Test
    void aNodeIsMeantByItsExecutable() throws Exception {
        tree.node(8, bin.resolve("knotsd"), List.of("knotsd"), root);
        NodeSettings knots = NodeSettings.running(bin.resolve("knotsd"), "knots", "main");
        assertThat(pids(selection(knots).look())).containsExactly(8);
    }

    @Test
    void anExecutableWithoutTracepointsIsAnObstacle() throws Exception {
        tree.process(8, bin.resolve("knotsd"), SampleElf.ofOther(), List.of("knotsd"), root);
        NodeSelection.Selected selected = selection(NodeSettings.running(bin.resolve("knotsd"), "knots", "main")).look();
        assertThat(pids(selected)).isEmpty();
        assertThat(selected.obstacles()).singleElement().asString().contains("process 8").contains("knotsd").contains("tracepoints");
    }

    @Test
    void aProcessThatIsFollowedStaysTheNodeWhenTheLinkToItsExecutableMoves() throws Exception {
        Path first = Files.createDirectory(bin.resolve("v1"));
        Path second = Files.createDirectory(bin.resolve("v2"));
        Path current = Files.createSymbolicLink(bin.resolve("current"), first);
        tree.node(8, first.resolve("bitcoind"), List.of("bitcoind"), root);
        NodeSelection selection = selection(NodeSettings.running(current.resolve("bitcoind"), "alice", "main"));
        assertThat(pids(selection.look())).containsExactly(8);

        Files.delete(current);
        Files.createSymbolicLink(current, second);
        assertThat(pids(selection.look())).containsExactly(8);

        tree.end(8);
        tree.node(9, second.resolve("bitcoind"), List.of("bitcoind"), root);
        assertThat(pids(selection.look())).containsExactly(9);
        Files.delete(current);
    }

    @Test
    void aNodeIsMeantByItsPidFile() throws Exception {
        tree.node(8, bin.resolve("anything"), List.of("anything"), root);
        Path pidFile = Files.writeString(root.resolve("bitcoind.pid"), "8\n");
        assertThat(pids(byPidFile(pidFile).look())).containsExactly(8);
        Files.writeString(pidFile, "999\n");
        assertThat(byPidFile(pidFile).look()).satisfies(selected -> {
            assertThat(pids(selected)).isEmpty();
            assertThat(selected.obstacles()).isEmpty();
        });
        Files.writeString(pidFile, "nonsense");
        assertThat(byPidFile(pidFile).look().obstacles()).singleElement().asString().contains("no process id");
    }

    @Test
    void aPidThatAnotherProcessHasByNowIsNoNode() throws Exception {
        Path pidFile = Files.writeString(root.resolve("bitcoind.pid"), "7\n");
        NodeSelection selection = byPidFile(pidFile);
        assertThat(pids(selection.look())).containsExactly(7);
        tree.end(7);
        tree.process(7, bin.resolve("sleep"), SampleElf.ofOther(), List.of("sleep"), root);
        NodeSelection.Selected selected = selection.look();
        assertThat(pids(selected)).isEmpty();
        assertThat(selected.obstacles()).singleElement().asString()
                .contains(pidFile.toString()).contains("process 7").contains("sleep").contains("tracepoints");
    }

    @Test
    void aPidFileThatIsRewrittenDoesNotEndTheNodeThatRuns() throws Exception {
        tree.node(8, bin.resolve("bitcoind"), List.of("bitcoind", "-datadir=/b"), root);
        Path pidFile = Files.writeString(root.resolve("bitcoind.pid"), "7\n");
        NodeSelection selection = byPidFile(pidFile);
        assertThat(pids(selection.look())).containsExactly(7);
        Files.writeString(pidFile, "8\n");
        assertThat(pids(selection.look())).containsExactly(7);
        tree.end(7);
        assertThat(pids(selection.look())).containsExactly(8);
    }

    @Test
    void aPidFileThatBlocksOrNeverEndsIsAnObstacle() throws Exception {
        Path fifo = root.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor()).isZero();
        assertThat(byPidFile(fifo).look().obstacles()).singleElement().asString().contains("not a regular file");
        assertThat(byPidFile(Path.of("/dev/zero")).look().obstacles()).singleElement().asString().contains("not a regular file");
    }

    @Test
    void aProcessThatNoSettingNamesIsSeenButNotSelected() throws Exception {
        NodeSelection.Selected selected = selection(NodeSettings.running(bin.resolve("other"), "x", "main")).look();
        assertThat(selected.nodes().values()).allMatch(List::isEmpty);
        assertThat(selected.seen()).filteredOn(process -> process.node().isPresent()).singleElement()
                .satisfies(process -> assertThat(selected.has(process.node().get())).isFalse());
    }

    @Test
    void strangersCannotMakeTheAgentFollowAnyNumberOfProcesses() throws Exception {
        for (int pid = 100; pid < 200; pid++) {
            tree.node(pid, bin.resolve("copy"), List.of("copy"), root);
        }
        NodeSettings alice = NodeSettings.running(bin.resolve("bitcoind"), "alice", "main");
        NodeSelection selection = selection(alice, NodeSettings.defaults());
        NodeSelection.Selected selected = selection.look();
        assertThat(selected.nodes().get(alice)).hasSize(1);
        assertThat(selected.nodes().get(NodeSettings.defaults())).hasSize(64);
        assertThat(selected.obstacles()).singleElement().asString().contains("More than 64");
        assertThat(selection.look().nodes()).as("the same ones").isEqualTo(selected.nodes());
    }

    private NodeSelection selection(NodeSettings... settings) {
        BitcoindProcesses processes = new BitcoindProcesses(proc);
        ProcTree.look(processes);
        return new NodeSelection(processes, List.of(settings));
    }

    private NodeSelection byPidFile(Path pidFile) {
        return selection(new NodeSettings(Optional.empty(), Optional.empty(), Optional.of(pidFile), Optional.empty()));
    }

    private static List<Integer> pids(NodeSelection.Selected selected) {
        return selected.nodes().values().stream().flatMap(List::stream).map(BitcoindProcess::pid).toList();
    }
}
