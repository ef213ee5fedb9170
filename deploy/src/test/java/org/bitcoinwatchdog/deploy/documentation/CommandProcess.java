package org.bitcoinwatchdog.deploy.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bitcoinwatchdog.agent.kernel.KernelException;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.deploy.Main;

/** The command {@code watchdog} in its own process, as the launcher starts it. */
final class CommandProcess {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Splits like a shell: at spaces, except in double quotes. */
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    record Ended(int status, String out, String err) {
    }

    private CommandProcess() {
    }

    static Ended run(Path folder, String arguments) {
        try {
            Path out = Files.createTempFile(folder, "out", "");
            Path err = Files.createTempFile(folder, "err", "");
            Process process = start(folder, arguments, out, err);
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as(arguments + " ends").isTrue();
            return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(arguments, e);
        }
    }

    /** Ends a command that runs until it is stopped, once it serves its metrics. @return its exit status */
    static int runUntilReady(Path folder, String arguments) throws IOException, InterruptedException {
        Path log = Files.createTempFile(folder, "log", "");
        Process process = start(folder, arguments, log, log);
        try {
            await().atMost(LIMIT).until(() -> !process.isAlive() || Files.readString(log).contains("/metrics"));
            process.destroy(); // SIGTERM
            assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).as(Files.readString(log)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    static Optional<Path> player() {
        return Optional.ofNullable(System.getProperty("watchdog.bpf")).map(bpf -> Path.of(bpf, "tracepoint-player")).filter(Files::exists)
                .map(Path::toAbsolutePath);
    }

    static boolean mayTrace() {
        try {
            Tracing.check();
            return true;
        } catch (KernelException e) {
            return false;
        }
    }

    private static Process start(Path folder, String arguments, Path out, Path err) throws IOException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx512m", "-cp", System.getProperty("java.class.path"), Main.class.getName()));
        Matcher words = WORD.matcher(arguments);
        while (words.find()) {
            command.add(words.group(1) != null ? words.group(1) : words.group(2));
        }
        return new ProcessBuilder(command).directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()))
                .redirectError(ProcessBuilder.Redirect.appendTo(err.toFile())).start();
    }
}
