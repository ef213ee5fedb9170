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

/** What {@code deploy/package/build} makes of this build. */
class PackageIT {
    private static final String BUILD = Path.of("package/build").toAbsolutePath().toString();
    private static final Path LINTIAN = Path.of("/usr/bin/lintian");

    @TempDir
    static Path folder;

    private static Path deb;
    private static Path archive;

    @Test
    void theSameBuildGivesTheSameBytes() throws Exception {
        Path again = Files.createDirectory(folder.resolve("again"));
        run(BUILD, "--as-built", "--out", again.toString());
        for (Path file : List.of(deb, archive)) {
            assertThat(Files.mismatch(file, again.resolve(file.getFileName()))).as(file.toString()).isEqualTo(-1);
        }
    }

    @Test
    void theConfigurationIsTheAdministratorsAndNothingIsEnabled() throws Exception {
        Path control = folder.resolve("control");
        run("dpkg-deb", "-e", deb.toString(), control.toString());
        assertThat(control.resolve("conffiles")).hasContent("/etc/watchdog/watchdog.yaml");
        assertThat(control.resolve("postinst")).content().doesNotContainPattern("(?m)^ *systemctl enable").contains("try-restart");
        assertThat(run("dpkg-deb", "-c", deb.toString())).contains("/lib/systemd/system/bitcoind-watchdog.service")
                .doesNotContain("multi-user.target.wants").doesNotContain("/sbin/watchdog");
    }

    @Test
    void bothFormsRunWhereTheyAreUnpacked() throws Exception {
        Path root = folder.resolve("root");
        run("dpkg-deb", "-x", deb.toString(), root.toString());
        String version = run("../dev", "version").strip();
        assertThat(run(root.resolve("usr/lib/bitcoind-watchdog/watchdog").toString(), "check-config",
                root.resolve("etc/watchdog/watchdog.yaml").toString())).isNotEmpty();
        assertThat(deb.getFileName().toString()).startsWith("bitcoind-watchdog_" + version + "_");
        run("tar", "-xzf", archive.toString(), "-C", folder.toString());
        assertThat(run(folder.resolve("bitcoind-watchdog-" + version + "/watchdog").toString(), "replay", "addr_flood_dev", "--json"))
                .contains("\"alertname\":\"AddressFlood\"");
    }

    @Test
    void theUnitsOfThePackageRunItsCommand() throws Exception {
        Path root = folder.resolve("units");
        run("dpkg-deb", "-x", deb.toString(), root.toString());
        try (Stream<Path> units = Files.list(root.resolve("lib/systemd/system"))) {
            assertThat(units).hasSize(4).allSatisfy(unit ->
                    assertThat(unit).content().contains("ExecStart=/usr/bin/bitcoind-watchdog ").doesNotContain("/opt/"));
        }
    }

    @Test
    void lintianFindsNoError() throws Exception {
        assumeTrue(Files.isExecutable(LINTIAN), "lintian is not installed");
        assertThat(run(LINTIAN.toString(), "--fail-on", "none", deb.toString()).lines()).noneMatch(line -> line.startsWith("E:"));
    }

    @BeforeAll
    static void build() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("target/distribution/lib")), "not packaged: this runs in mvn verify");
        assumeTrue(Files.exists(Path.of("../bpf/build/tracepoint-player")), "tracepoint-player was not built");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/dpkg-deb")), "dpkg-deb is not installed");
        Path out = Files.createDirectory(folder.resolve("out"));
        run(BUILD, "--as-built", "--out", out.toString());
        deb = only(out, ".deb");
        archive = only(out, ".tar.gz");
    }

    private static Path only(Path folder, String ending) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList().get(0);
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(List.of(command)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(String.join(" ", command)).isZero();
        return out;
    }
}
