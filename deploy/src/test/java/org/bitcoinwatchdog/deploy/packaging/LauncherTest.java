package org.bitcoinwatchdog.deploy.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code watchdog} and {@code dev} in a checkout whose Maven and Java are scripts. */
class LauncherTest {
    @TempDir
    Path folder;

    private Path checkout;
    private Path runs;

    @BeforeEach
    void prepare() throws IOException {
        checkout = Files.createDirectories(folder.resolve("checkout"));
        runs = checkout.resolve("deploy/target/run");
        for (String script : List.of("watchdog", "dev")) {
            Files.copy(Path.of("..", script), checkout.resolve(script));
            executable(checkout.resolve(script));
        }
        for (String part : List.of("bpf", "agent", "detectors", "alerts", "deploy/src/main/java")) {
            Files.createDirectories(checkout.resolve(part));
        }
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        for (String program : List.of("make", "clang", "llvm-strip", "gcc", "apt-get", "apt-cache")) {
            script("bin/" + program, "exit 0");
        }
        script("bin/mvn", "echo built >>" + folder.resolve("builds")
                + "; lib=" + checkout + "/deploy/target/distribution/lib; mkdir -p $lib; touch $lib/watchdog.jar");
        script("jdk/bin/javac", "");
        script("jdk/bin/java", "case \"$*\" in *'Main up') echo started; read -r line;; *) echo ran;; esac");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    }

    @Test
    void aBuildKeepsTheOneThatAProcessRunsUntilTheProcessHasEnded() throws Exception {
        Process up = launcher("up").start();
        assertThat(up.inputReader().readLine()).isEqualTo("started");
        Path first = current();

        edit();
        assertThat(run("--version")).isEqualTo("ran\n");
        Path second = current();
        assertThat(second).isNotEqualTo(first);
        assertThat(first.resolve("lib/watchdog.jar")).exists();

        up.getOutputStream().close();
        assertThat(up.waitFor(1, TimeUnit.MINUTES)).isTrue();
        edit();
        run("--version");
        assertThat(builds()).containsExactly(current());
        assertThat(second).doesNotExist();
    }

    @Test
    void buildsOnceAndAgainOnlyForWhatShips() throws Exception {
        run("--version");
        run("--version");
        Files.createDirectories(checkout.resolve("agent/src/test/java"));
        newer(Files.writeString(checkout.resolve("agent/src/test/java/ATest.java"), ""));
        newer(Files.writeString(checkout.resolve("agent/README.md"), ""));
        run("--version");
        assertThat(folder.resolve("builds")).hasContent("built");

        newer(Files.writeString(checkout.resolve("deploy/runbook.md"), ""));
        run("--version");
        assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(2);
    }

    @Test
    void aFailedBuildLeavesTheLastOneInPlace() throws Exception {
        run("--version");
        Path first = current();
        script("bin/mvn", "echo 'cannot find symbol'; exit 1");
        edit();

        Process failed = launcher("--version").start();
        assertThat(failed.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(failed.exitValue()).isEqualTo(1);
        assertThat(current()).isEqualTo(first).isDirectoryContaining("glob:**/lib");
    }

    private String run(String... arguments) throws IOException, InterruptedException {
        Process process = launcher(arguments).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(folder.resolve("err"))).isZero();
        return out;
    }

    private ProcessBuilder launcher(String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(Stream.concat(Stream.of(checkout.resolve("watchdog").toString()),
                Stream.of(arguments)).toList()).redirectError(folder.resolve("err").toFile());
        Map<String, String> environment = builder.environment();
        environment.put("PATH", folder.resolve("bin") + ":" + environment.get("PATH"));
        environment.put("JAVA_HOME", folder.resolve("jdk").toString());
        environment.remove("WATCHDOG_JAVA_OPTIONS");
        return builder;
    }

    private Path current() throws IOException {
        return runs.resolve("current").toRealPath();
    }

    private List<Path> builds() throws IOException {
        try (Stream<Path> entries = Files.list(runs.toRealPath())) {
            return entries.filter(entry -> !Files.isSymbolicLink(entry)).toList();
        }
    }

    private void edit() throws IOException {
        newer(checkout.resolve("pom.xml"));
    }

    /** Newer than the last build, and older than the next one. */
    private void newer(Path file) throws IOException {
        Instant built = Files.getLastModifiedTime(current().resolve("built")).toInstant();
        Files.setLastModifiedTime(file, FileTime.from(built.plusMillis(1)));
    }

    private void script(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + text + "\n");
        executable(file);
    }

    private static void executable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
