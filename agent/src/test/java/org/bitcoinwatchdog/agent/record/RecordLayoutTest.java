package org.bitcoinwatchdog.agent.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.bitcoinwatchdog.agent.kernel.Tracepoint;
import org.junit.jupiter.api.Test;

class RecordLayoutTest {
    private static final Path BPF = Path.of("../bpf");

    @Test
    void agreesWithTheHeaderInEveryNumber() throws Exception {
        Map<String, Long> header = header();
        Map<String, Long> ours = ours();
        assertThat(header).containsAllEntriesOf(ours);
    }

    @Test
    void leavesOutNoFieldOfAnyRecord() throws Exception {
        Map<String, Long> ours = ours();
        assertThat(header().keySet()).filteredOn(name -> name.matches("[a-z_]+_record\\.[a-z_]+"))
                .filteredOn(name -> !name.endsWith(".header") && !name.endsWith(".reserved"))
                .allMatch(ours::containsKey);
    }

    @Test
    void numbersTracepointsAsTheHeaderDoes() throws Exception {
        Map<String, Long> header = header();
        for (Tracepoint tracepoint : Tracepoint.values()) {
            assertThat(header).containsEntry(tracepoint.name(), (long) tracepoint.number());
        }
        assertThat(header).containsEntry("TRACEPOINTS", Tracepoint.values().length + 1L);
    }

    /** The constants of RecordLayout under the names that bpf/print-layout gives them. */
    private static Map<String, Long> ours() throws IllegalAccessException {
        Map<String, Long> ours = new TreeMap<>();
        for (Field constant : RecordLayout.class.getDeclaredFields()) {
            ours.put(constant.getName(), (long) constant.getInt(null));
        }
        for (Class<?> struct : RecordLayout.class.getDeclaredClasses()) {
            String name = struct.getSimpleName().replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
            for (Field constant : struct.getDeclaredFields()) {
                String field = constant.getName().equals("BYTES") ? "sizeof" : constant.getName().toLowerCase(Locale.ROOT);
                ours.put(name + "." + field, (long) constant.getInt(null));
            }
        }
        return ours;
    }

    /** The output of bpf/print-layout, compiled from the present header. */
    private static Map<String, Long> header() throws IOException, InterruptedException {
        assumeTrue(Files.exists(BPF.resolve("print-layout.c")), "no bpf/print-layout.c beside this module");
        Path program = Files.createTempDirectory("print-layout").resolve("print-layout");
        assumeTrue(run("cc", "--version") == 0, "no C compiler");
        assertThat(run("cc", "-I", BPF.toString(), BPF.resolve("print-layout.c").toString(), "-o", program.toString()))
                .isZero();
        Process print = new ProcessBuilder(program.toString()).start();
        Map<String, Long> header = new TreeMap<>();
        String lines = new String(print.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        lines.lines().map(line -> line.split(" ")).forEach(words -> header.put(words[0], Long.valueOf(words[1])));
        assertThat(print.waitFor()).isZero();
        return header;
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
        } catch (IOException e) {
            return -1;
        }
    }
}
