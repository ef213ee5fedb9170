package org.bitcoinwatchdog.alerts.sinks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.bitcoinwatchdog.events.SafeText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a program: without a shell, with an empty environment, in its own session and process group, so that its child
 * processes end with it.
 *
 * @param started whether the program may have done something
 * @param failure why there is no exit status
 * @param output  the beginning of its standard output and error
 */
record ProgramRun(boolean started, Optional<String> failure, int exitStatus, String output) {
    private static final Logger LOG = LoggerFactory.getLogger(ProgramRun.class);
    private static final int LARGEST_OUTPUT = 4_096;
    private static final int LONGEST_EXCERPT = 200;
    private static final Duration AFTER_KILL = Duration.ofSeconds(2);

    static ProgramRun of(List<String> command, byte[] input, Duration timeout) {
        List<String> inOwnGroup = new ArrayList<>(List.of("/usr/bin/setsid", "--wait"));
        inOwnGroup.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(inOwnGroup).redirectErrorStream(true);
        builder.environment().clear();
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            return failed(false, "the program can't be started: " + e.getClass().getSimpleName());
        }
        CompletableFuture<String> output = CompletableFuture.supplyAsync(
                () -> beginning(process.getInputStream()), work -> start("exec-output", work));
        start("exec-input", () -> give(process.getOutputStream(), input));
        try {
            boolean ended = process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS);
            killGroup(process);
            if (!ended) {
                return failed(true, "the program did not end within " + timeout.toMillis() + " ms and was killed");
            }
            String printed = output.completeOnTimeout("", AFTER_KILL.toMillis(), TimeUnit.MILLISECONDS).join();
            return new ProgramRun(true, Optional.empty(), process.exitValue(), printed);
        } catch (InterruptedException e) {
            killGroup(process);
            Thread.currentThread().interrupt();
            return failed(true, "interrupted");
        }
    }

    private static ProgramRun failed(boolean started, String why) {
        return new ProgramRun(started, Optional.of(why), -1, "");
    }

    /** Kills child processes, too: the group outlives its leader. Java can't signal a group, {@code kill} can. */
    private static void killGroup(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        try {
            new ProcessBuilder("/bin/kill", "-KILL", "--", "-" + process.pid())
                    .redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start()
                    .waitFor(AFTER_KILL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            process.destroyForcibly(); // without kill, only the known child processes are killed
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
    }

    /** Reads to the end, so that the program does not block, and keeps the beginning. */
    private static String beginning(InputStream stream) {
        try (stream) {
            byte[] kept = stream.readNBytes(LARGEST_OUTPUT);
            stream.transferTo(OutputStream.nullOutputStream());
            return SafeText.proseLine(new String(kept, StandardCharsets.UTF_8), LONGEST_EXCERPT);
        } catch (IOException e) {
            return "(its output ended early)";
        }
    }

    private static void give(OutputStream stream, byte[] input) {
        try (stream) {
            stream.write(input);
        } catch (IOException e) {
            LOG.debug("the program did not read all of its input; its exit status decides");
        }
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
