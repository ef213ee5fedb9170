package org.bitcoinwatchdog.deploy.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemdUnitsTest {
    private static final Path ANALYZE = Path.of("/usr/bin/systemd-analyze");
    private static final String INSTALLED = "/opt/watchdog/watchdog";

    @TempDir
    Path folder;

    @Test
    void systemdFindsNothingWrongInThem() throws Exception {
        assumeTrue(Files.isExecutable(ANALYZE), "systemd is not installed");
        List<String> command = new ArrayList<>(List.of(ANALYZE.toString(), "verify", "--man=no"));
        for (Path unit : units()) {
            // systemd-analyze checks that the program exists.
            String here = Files.readString(unit).replace(INSTALLED, Path.of("../watchdog").toAbsolutePath().normalize().toString());
            command.add(Files.writeString(folder.resolve(unit.getFileName()), here).toString());
        }
        Process verify = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(verify.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(verify.waitFor(1, TimeUnit.MINUTES)).isTrue();
        // systemd-analyze also checks the units that these need, and this machine may have faults in them.
        assertThat(said.lines().filter(line -> line.contains("watchdog"))).isEmpty();
    }

    @Test
    void eachRunsACommandOfTheWatchdogWithoutMoreRightsThanTracingNeeds() throws IOException {
        assertThat(units()).hasSize(4);
        for (Path unit : units()) {
            List<String> lines = Files.readAllLines(unit);
            assertThat(lines).anyMatch(line -> line.matches("ExecStart=" + INSTALLED + " (up|agent|detect|alert) --config /etc/watchdog/watchdog.yaml"));
            assertThat(lines).contains("User=watchdog", "NoNewPrivileges=yes");
            boolean traces = lines.stream().anyMatch(line -> line.matches("ExecStart=.* (up|agent) .*"));
            assertThat(lines.contains("CapabilityBoundingSet=")).as(unit.toString()).isEqualTo(!traces);
        }
    }

    private static List<Path> units() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("systemd"))) {
            return files.filter(file -> file.toString().endsWith(".service")).sorted().toList();
        }
    }
}
