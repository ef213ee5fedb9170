package org.bitcoinwatchdog.deploy.bench.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code watchdog agent} or {@code watchdog up} as its users have it: a JVM of its own, with the options that the launcher gives it. */
public final class WatchdogProcess implements AutoCloseable {
    /** The launcher passes the JVM options of the command here. */
    private static final String JVM_OPTIONS = "watchdog.%s-jvm-options";
    private static final String READY = "/readyz";
    private static final long START_LIMIT_S = 90;
    /** The launcher starts it too. It is in the module that uses this one, so only its name is known here. */
    private static final String WATCHDOG = "org.bitcoinwatchdog.deploy.Main";
    private static final long STOP_LIMIT_S = 60;

    private final Process process;
    private final Path log;

    private WatchdogProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * @param directory for its configuration, its log and its spool
     * @param agent     the configuration's part {@code agent}, YAML in flow style
     */
    public static WatchdogProcess agent(Path directory, String bootstrapServers, String agent) throws IOException {
        return start("agent", directory, "kafka: {bootstrap.servers: \"%s\"}%nagent: %s%n".formatted(bootstrapServers, agent));
    }

    /** @param configuration YAML, without state-dir and http */
    public static WatchdogProcess up(Path directory, String configuration) throws IOException {
        return start("up", directory, configuration);
    }

    private static WatchdogProcess start(String command, Path directory, String configuration) throws IOException {
        Path config = Files.writeString(directory.resolve(command + ".yaml"), """
                state-dir: %s
                http: {listen: "127.0.0.1:0"}
                %s
                """.formatted(directory.resolve(command + "-state"), configuration));
        Path log = directory.resolve(command + ".log");
        return new WatchdogProcess(java(jvmOptions(command), WATCHDOG, command, "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start(), log);
    }

    /** Those that the launcher gives the command. */
    static List<String> jvmOptions(String command) {
        return List.of(System.getProperty(JVM_OPTIONS.formatted(command), "-XX:+UseSerialGC").strip().split("\\s+"));
    }

    /** A JVM of this one's version and class path. */
    static ProcessBuilder java(List<String> options, String main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.add(main);
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder;
    }

    public long pid() {
        return process.pid();
    }

    /** The process of its embedded broker. */
    public long brokersPid() {
        return process.children().findFirst().orElseThrow(() -> new IllegalStateException("it has no broker")).pid();
    }

    /** Waits until all its parts have started. */
    public void awaitStarted() throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_S);
        while (!log().contains(READY)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException("it did not start:\n" + log());
            }
            Thread.sleep(100);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** All that it logged. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    /** SIGTERM. Its exit status, once it has detached and handed everything on. */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_LIMIT_S, TimeUnit.SECONDS)) {
            throw new IllegalStateException("it did not end within " + STOP_LIMIT_S + " s");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
