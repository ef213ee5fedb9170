package org.bitcoinwatchdog.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bitcoinwatchdog.events.Recordings;

/** A process in place of a bitcoind: tracepoint-player, under a path of its own so that only it is traced. */
final class Player implements AutoCloseable {
    private static final Path BUILT = Path.of("..", "bpf", "build", "tracepoint-player");

    private final Path executable;
    private Process process;

    private Player(Path executable) {
        this.executable = executable;
    }

    /** A copy of its own in the directory. */
    static Player in(Path directory) throws IOException {
        Path executable = directory.resolve("bitcoind");
        Files.copy(BUILT, executable, StandardCopyOption.COPY_ATTRIBUTES);
        return new Player(executable.toRealPath());
    }

    Path executable() {
        return executable;
    }

    /** Plays as fast as possible once every tracepoint that it uses is traced. */
    void play(List<Path> recordings, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(executable.toString(), "--speed", "max", "--wait-attached", "30"));
        command.addAll(List.of(options));
        recordings.forEach(recording -> command.add(recording.toString()));
        command.addAll(List.of("--", "-regtest", "-datadir=" + executable.getParent()));
        process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /**
     * Fires so many messages of mainnet's mix within a second.
     *
     * @return the number of calls with an attached tracer
     */
    long generate(int calls) throws IOException, InterruptedException {
        Path output = executable.resolveSibling("fired.txt");
        process = new ProcessBuilder(executable.toString(), "--wait-attached", "30", "--generate", "mainnet", "--rate",
                Integer.toString(calls), "--seconds", "1", "--", "-datadir=" + executable.getParent())
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        await();
        return Files.readAllLines(output).stream()
                .filter(line -> !line.startsWith("not-attached"))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    long pid() {
        return process.pid();
    }

    /** The exit status after it has ended by itself. */
    int await() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the player did not end");
        }
        return process.exitValue();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        if (process != null) {
            kill();
        }
    }

    static Path recording(String name, Path directory) throws IOException {
        Path file = directory.resolve(name + ".jsonl.gz");
        if (Files.notExists(file)) {
            try (OutputStream out = Files.newOutputStream(file)) {
                Recordings.bytes(name).transferTo(out);
            }
        }
        return file;
    }
}
