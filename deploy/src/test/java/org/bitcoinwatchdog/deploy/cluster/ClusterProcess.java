package org.bitcoinwatchdog.deploy.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of this test's class path that can be killed, paused and started again. */
final class ClusterProcess {
    /** As {@code kill} calls them. */
    enum Signal { KILL, STOP, CONT, TERM }

    private final Path log;
    private final List<String> command;
    private Process process;

    ClusterProcess(Path log, String mainClass, String... arguments) {
        this.log = log;
        this.command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"), mainClass));
        this.command.addAll(List.of(arguments));
    }

    void start() {
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns after the end of the process where the signal ends it. */
    void signal(Signal signal) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start().waitFor();
            if (signal == Signal.KILL || signal == Signal.TERM) {
                process.waitFor();
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("kill -" + signal, e);
        }
    }

    /** Of a process that ends by itself within that time. */
    int exitStatus(Duration within) throws InterruptedException {
        if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("still running: " + command);
        }
        return process.exitValue();
    }

    Path log() {
        return log;
    }
}
