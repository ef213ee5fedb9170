package org.bitcoinwatchdog.deploy.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bitcoinwatchdog.deploy.broker.EmbeddedBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every command of the documentation as a process, in a folder that looks like the repository and has a
 * {@code watchdog.yaml}. Commands that take long are named here with the test that runs them.
 */
class DocumentedCommandsIT {
    private static final Map<String, String> RUN_ELSEWHERE = Map.ofEntries(
            Map.entry("./dev package", "packaging/PackageIT"),
            Map.entry("./dev ", "packaging/LauncherTest"),
            Map.entry("./watchdog demo", "demo/DemoIT"),
            Map.entry("./watchdog up", "command/UpIT"),
            Map.entry("./watchdog nodes forget", "command/NodesIT"),
            Map.entry("./watchdog evaluate", "command/EvaluateCommandTest"),
            Map.entry("./watchdog replay split_2026_08", "replay/SplitReplayTest"), // three weeks of two nodes take half a minute
            Map.entry("deploy/install", "packaging/InstalledIT"),
            // These commands change the machine. Other tests check what they install.
            Map.entry("install -m 644 deploy/systemd/", "packaging/SystemdUnitsTest"),
            Map.entry("systemd-sysusers", "packaging/SystemdUnitsTest"),
            Map.entry("systemctl", "packaging/SystemdUnitsTest"),
            Map.entry("apt-get install -y ./deploy/target/packages", "packaging/PackageIT"),
            Map.entry("bitcoind-watchdog ", "packaging/PackageIT"),
            Map.entry("docker compose", "packaging/ContainerFilesTest"),
            Map.entry("tracepoint-player", "bpf/test/player-test"));
    private static final Path TESTS = Path.of("src/test/java/org/bitcoinwatchdog/deploy");

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static HttpServer receiver;
    private static Optional<Process> node = Optional.empty();

    @BeforeAll
    static void prepare() throws IOException {
        broker = EmbeddedBroker.start(folder.resolve("broker"));
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(204, -1);
            }
        });
        receiver.start();
        Path examples = Files.createDirectories(folder.resolve("deploy/examples"));
        for (Path example : MarkdownFiles.in("deploy/examples")) {
            Files.copy(example, examples.resolve(example.getFileName()));
        }
        Files.writeString(folder.resolve("watchdog.yaml"), """
                state-dir: state
                kafka: {bootstrap.servers: "%s"}
                http: {listen: 127.0.0.1:0}
                agent: {nodes: [{name: alice, bitcoind: bitcoind-stand-in, network: regtest}]}
                alerts: {sinks: [{name: hook, type: webhook, url: "http://127.0.0.1:%d/", allow-private: true}]}
                """.formatted(broker.bootstrapServers(), receiver.getAddress().getPort()));
        if (CommandProcess.mayTrace() && CommandProcess.player().isPresent()) {
            node = Optional.of(startNode(CommandProcess.player().get()));
        }
        assertThat(CommandProcess.run(folder, "topics create --config watchdog.yaml").status()).isZero();
    }

    @AfterAll
    static void close() {
        node.ifPresent(Process::destroyForcibly);
        receiver.stop(0);
        broker.close();
    }

    /** Its executable has its own path, so that no other test's agent follows it. */
    private static Process startNode(Path player) throws IOException {
        Path standIn = Files.copy(player, folder.resolve("bitcoind-stand-in"), StandardCopyOption.COPY_ATTRIBUTES);
        return new ProcessBuilder(standIn.toString(), "--generate", "mainnet", "--rate", "200", "--seconds", "300", "--", "-regtest")
                .redirectErrorStream(true).redirectOutput(folder.resolve("node.log").toFile()).start();
    }

    @TestFactory
    Stream<DynamicTest> everyCommandOfTheDocumentation() {
        Map<String, Path> commands = MarkdownFiles.commands();
        assertThat(commands).hasSizeGreaterThan(10);
        return commands.entrySet().stream().map(command -> DynamicTest.dynamicTest(
                MarkdownFiles.REPOSITORY.relativize(command.getValue()) + ": " + command.getKey(), () -> run(command.getKey())));
    }

    private static void run(String documented) throws Exception {
        String command = documented.replaceFirst("^sudo |^WATCHDOG_JAVA_OPTIONS=\\S+ ", "");
        Optional<String> elsewhere = RUN_ELSEWHERE.keySet().stream().filter(command::startsWith).findFirst();
        if (elsewhere.isPresent()) {
            String test = RUN_ELSEWHERE.get(elsewhere.get());
            assertThat(Files.exists(TESTS.resolve(test + ".java"))
                    || Files.exists(MarkdownFiles.REPOSITORY.resolve(test))).as("the test " + test).isTrue();
            return;
        }
        assertThat(command).as("a command that this test can run, or one with a test of its own").startsWith("./watchdog ");
        String arguments = command.substring("./watchdog ".length());
        if (arguments.matches("(record|tail) .*")) {
            arguments = arguments.replaceFirst("--for \\S+", "--for 3s");
        }
        assumeTrue(node.isPresent() || !arguments.matches("record .*|replay mine.*"), "nothing can be traced here");
        if (arguments.matches("(agent|detect|alert) .*")) {
            assumeTrue(!arguments.startsWith("agent") || CommandProcess.mayTrace(), "the agent can't trace here");
            assertThat(CommandProcess.runUntilReady(folder, arguments)).isZero();
        } else if (arguments.startsWith("doctor --bitcoind")) {
            assumeTrue(CommandProcess.player().isPresent(), "tracepoint-player was not built");
            assertThat(CommandProcess.run(folder, "doctor --bitcoind " + CommandProcess.player().get()).out()).contains("net:inbound_message");
        } else {
            CommandProcess.Ended ended = CommandProcess.run(folder, arguments);
            // doctor exits with 1 if it finds an obstacle, status if something is not watched, as on a machine without bitcoind.
            assertThat(ended.status()).as(ended.out() + ended.err()).isLessThanOrEqualTo(arguments.matches("(doctor|status)( .*)?") ? 1 : 0);
        }
    }
}
