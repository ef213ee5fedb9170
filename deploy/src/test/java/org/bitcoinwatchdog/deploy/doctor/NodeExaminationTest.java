package org.bitcoinwatchdog.deploy.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.agent.discovery.NodeSettings;
import org.bitcoinwatchdog.deploy.doctor.DoctorFinding.Health;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes of this host. The configuration names none of them, so nothing is attached. */
class NodeExaminationTest {
    private static final Path PLAYER = Path.of("..", "bpf", "build", "tracepoint-player");

    @TempDir
    private Path directory;

    @Test
    void everyProcessWithTheTracepointsIsListedWithTheReasonWhyItIsNotFollowed() throws Exception {
        assumeThat(PLAYER).as("tracepoint-player was not built").exists();
        Process gui = start("bitcoin-gui");
        Process test = start("test_bitcoin");
        try {
            assertThat(findings(directory.resolve("elsewhere")))
                    .filteredOn(finding -> finding.detail().contains("process " + gui.pid() + ",")).singleElement()
                    .returns(Health.WARN, DoctorFinding::health)
                    .satisfies(finding -> assertThat(finding.detail()).contains("bitcoin-gui", "regtest", "no entry of agent.nodes"));
            assertThat(findings(directory.resolve("elsewhere")))
                    .filteredOn(finding -> finding.detail().contains("process " + test.pid() + ",")).singleElement()
                    .satisfies(finding -> assertThat(finding.detail()).contains("not followed", "test program"));
        } finally {
            gui.destroyForcibly().waitFor();
            test.destroyForcibly().waitFor();
        }
    }

    @Test
    void aConfiguredProcessWithoutTracepointsIsAnObstacle() throws Exception {
        Path sleep = Files.copy(Path.of("/bin/sleep").toRealPath(), directory.resolve("bitcoind"), StandardCopyOption.COPY_ATTRIBUTES);
        Process process = new ProcessBuilder(sleep.toString(), "60").start();
        try {
            assertThat(findings(sleep)).anySatisfy(finding -> {
                assertThat(finding.health()).isEqualTo(Health.OBSTACLE);
                assertThat(finding.detail()).contains("bitcoind: " + sleep, "process " + process.pid(), "not followed", "tracepoints");
            });
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static List<DoctorFinding> findings(Path executable) {
        return new NodeExamination(List.of(NodeSettings.running(executable, "alice", "regtest")), Optional.empty()).findings();
    }

    private Process start(String name) throws IOException {
        Path executable = Files.copy(PLAYER, directory.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
        return new ProcessBuilder(executable.toString(), "--wait-attached", "60", "--generate", "mainnet", "--", "-regtest")
                .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    }
}
