package org.bitcoinwatchdog.deploy.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** tracepoint-player in the place of bitcoind: fires the script's calls through real probes once a tracer is attached. */
public final class StandInNode implements AutoCloseable {
    private static final Duration ATTACH_LIMIT = Duration.ofSeconds(20);
    /** Long enough for the alert to arrive from a process that still runs. */
    private static final Duration LINGER = Duration.ofSeconds(60);

    private final Process process;
    private final Path output;
    private final Path pidFile;

    private StandInNode(Process process, Path output, Path pidFile) {
        this.process = process;
        this.output = output;
        this.pidFile = pidFile;
    }

    /** The launcher names the folder of the native programs; empty if they were not built. */
    public static Optional<Path> program() {
        return Optional.ofNullable(System.getProperty("watchdog.bpf"))
                .map(directory -> Path.of(directory, "tracepoint-player"))
                .filter(Files::isExecutable);
    }

    static StandInNode start(Path program, Path recording, Path directory) throws IOException {
        Path output = directory.resolve("tracepoint-player.log");
        Process process = new ProcessBuilder(program.toString(),
                "--wait-attached", Long.toString(ATTACH_LIMIT.toSeconds()),
                "--linger", Long.toString(LINGER.toSeconds()),
                recording.toString(), "--", "-regtest")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new StandInNode(process, output, Files.writeString(directory.resolve("tracepoint-player.pid"), process.pid() + "\n"));
    }

    /** As {@code bitcoind -pid} writes it. */
    Path pidFile() {
        return pidFile;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Its output, if it ended too early. */
    Optional<String> failure() throws IOException {
        return process.isAlive() || process.exitValue() == 0
                ? Optional.empty()
                : Optional.of("tracepoint-player ended with " + process.exitValue() + ": " + Files.readString(output).strip());
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
