package org.bitcoinwatchdog.agent.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random processes beside one good node, in a JVM with little memory. The node is found every time, each look ends
 * soon, and the memory is enough.
 */
class DiscoveryFuzzTest {
    private static final int LIMIT_SECONDS = 240;

    @TempDir
    private Path directory;

    @Test
    void theNodeIsFoundAmongRandomProcesses() throws Exception {
        run("C.UTF-8", 1);
    }

    @Test
    void theNodeIsFoundWhereTheLocaleKnowsOnlyAscii() throws Exception {
        run("POSIX", 2);
    }

    private void run(String locale, int seed) throws Exception {
        ProcessBuilder fuzz = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + DiscoveryFuzz.HEAP_MEBIBYTES + "m", "-XX:+ExitOnOutOfMemoryError", "-Xss512k", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                DiscoveryFuzz.class.getName(), directory.toString(), Integer.toString(seed)));
        fuzz.environment().put("LC_ALL", locale);
        Process process = fuzz.redirectErrorStream(true).redirectOutput(new File(directory.toFile(), "output")).start();
        try {
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            String output = Files.readString(directory.resolve("output"), StandardCharsets.ISO_8859_1);
            assertThat(ended).as(output).isTrue();
            assertThat(process.exitValue()).as(output).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
