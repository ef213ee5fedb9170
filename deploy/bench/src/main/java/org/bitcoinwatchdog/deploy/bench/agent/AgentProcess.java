package org.bitcoinwatchdog.deploy.bench.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code watchdog agent} as its users have it: a JVM of its own, with the options that the launcher gives it. */
public final class AgentProcess implements AutoCloseable {
    /** The launcher passes the JVM options of an agent here. */
    private static final String JVM_OPTIONS = "watchdog.agent-jvm-options";
    /** The launcher starts it too. It is in the module that uses this one, so only its name is known here. */
    private static final String WATCHDOG = "org.bitcoinwatchdog.deploy.Main";
    private static final long STOP_LIMIT_S = 60;

    private final Process process;
    private final Path log;

    private AgentProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /**
     * @param directory for its configuration, its log and its spool
     * @param agent     the configuration's part {@code agent}, YAML in flow style
     */
    public static AgentProcess start(Path directory, String bootstrapServers, String agent) throws IOException {
        Path config = Files.writeString(directory.resolve("agent.yaml"), """
                state-dir: %s
                kafka: {bootstrap.servers: "%s"}
                http: {listen: "127.0.0.1:0"}
                agent: %s
                """.formatted(directory.resolve("agent-state"), bootstrapServers, agent));
        Path log = directory.resolve("agent.log");
        return new AgentProcess(java(jvmOptions(), WATCHDOG, "agent", "--config", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start(), log);
    }

    /** Those that the launcher gives an agent. */
    static List<String> jvmOptions() {
        return List.of(System.getProperty(JVM_OPTIONS, "-XX:+UseSerialGC").strip().split("\\s+"));
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
            throw new IllegalStateException("the agent did not end within " + STOP_LIMIT_S + " s");
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
