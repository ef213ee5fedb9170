package org.bitcoinwatchdog.deploy.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code deploy/install} installs, far from the checkout. */
class InstalledIT {
    private static final Path INSTALL = Path.of("install").toAbsolutePath();

    @TempDir
    static Path folder;

    private static Path to;

    /** The detectors run on exactly the class path that ships. They must not need what the build leaves out. */
    @Test
    void theInstalledDetectorsRaiseAnAlertWithoutWhatTheBuildLeavesOut() throws Exception {
        try (Stream<Path> jars = Files.list(to.resolve("lib"))) {
            assertThat(jars).map(jar -> jar.getFileName().toString()).hasSizeGreaterThan(50)
                    .noneMatch(name -> name.startsWith("rocksdbjni"));
        }

        assertThat(run(to.resolve("watchdog").toString(), "demo", "--exit-after-alert")).contains("AddressFlood on node-0");
    }

    @Test
    void theInstalledCommandRunsWithoutTheCheckout() throws Exception {
        assertThat(run(to.resolve("watchdog").toString(), "--version")).startsWith("watchdog ");
        assertThat(run(to.resolve("watchdog").toString(), "replay", "addr_flood_dev", "--json"))
                .contains("\"alertname\":\"AddressFlood\"");
    }

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        assumeTrue(Files.isDirectory(Path.of("target/distribution/lib")), "not packaged: this runs in mvn verify");
        assumeTrue(Files.exists(Path.of("../bpf/build/tracepoint-player")), "tracepoint-player was not built");
        to = folder.resolve("opt");
        assertThat(run(INSTALL.toString(), "--as-built", to.toString())).contains("installed: " + to.resolve("watchdog"));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command)).directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        return out;
    }
}
