package org.bitcoinwatchdog.deploy.bench.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** tracepoint-player in the place of a bitcoind, under a path of its own. It counts the probes that it fires. */
public final class StandInProcess implements AutoCloseable {
    private static final String NOT_ATTACHED = "not-attached ";

    private final Process process;
    private final Path output;

    private StandInProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** A copy of the player, named like the program that it replaces. */
    public static Path install(Path player, Path directory) throws IOException {
        Path executable = Files.createDirectories(directory).resolve("bitcoind");
        return Files.copy(player, executable, StandardCopyOption.COPY_ATTRIBUTES).toRealPath();
    }

    /** Fires once a tracer is attached to all that it will fire. */
    public static StandInProcess start(Path executable, List<String> options) throws IOException {
        Path output = Files.createTempFile(executable.getParent(), "fired", ".txt");
        List<String> command = new ArrayList<>(List.of(executable.toString(), "--wait-attached", "60"));
        command.addAll(options);
        command.addAll(List.of("--", "-regtest", "-datadir=" + executable.getParent()));
        return new StandInProcess(new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start(), output);
    }

    public long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for its end. How many calls it made while a tracer was attached. */
    public long await(long seconds) throws IOException, InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new IllegalStateException("tracepoint-player did not end within " + seconds + " s");
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException("tracepoint-player ended with " + process.exitValue());
        }
        long fired = 0;
        for (String line : Files.readAllLines(output)) {
            if (!line.startsWith(NOT_ATTACHED)) {
                fired += Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
            }
        }
        return fired;
    }

    /** Ends it as a service manager would. How many calls it made while a tracer was attached. */
    public long stop() throws IOException, InterruptedException {
        process.destroy();
        return await(10);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
