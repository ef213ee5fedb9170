package org.bitcoinwatchdog.deploy.command;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.deploy.run.KafkaConnection;
import picocli.CommandLine.Option;

/** {@code --config FILE}, for the commands that have it. */
final class ConfigOption {
    static final String VARIABLE = "WATCHDOG_CONFIG";
    static final Path SYSTEM_FILE = Path.of("/etc/watchdog/watchdog.yaml");

    /**
     * Where the configuration comes from.
     *
     * @param file   empty: every key has its default
     * @param origin for messages, such as {@code /etc/watchdog/watchdog.yaml (the default)}
     */
    record ConfigSource(Optional<Path> file, String origin) {
        /**
         * The option, then the environment variable, then the system's file.
         *
         * @param variable value of {@link #VARIABLE}; null or blank if it is not set
         */
        static ConfigSource choose(Optional<Path> option, String variable, Path system) {
            if (option.isPresent()) {
                return new ConfigSource(option, option.get() + " (--config)");
            }
            if (variable != null && !variable.isBlank()) {
                return new ConfigSource(Optional.of(Path.of(variable)), variable + " ($" + VARIABLE + ")");
            }
            if (Files.isReadable(system)) {
                return new ConfigSource(Optional.of(system), system + " (the default)");
            }
            return new ConfigSource(Optional.empty(), Files.exists(system)
                    ? "no file, because this user may not read " + system : "no file: neither --config nor $" + VARIABLE + " is set, and "
                            + system + " does not exist");
        }
    }

    @Option(names = "--config", paramLabel = "FILE",
            description = "Configuration file. Default: $" + VARIABLE + ", then /etc/watchdog/watchdog.yaml. Every key has a default.")
    private Optional<Path> file;

    /** @throws org.bitcoinwatchdog.deploy.config.ConfigurationException with everything that is wrong in the file */
    WatchdogConfiguration read() {
        return source().file().map(WatchdogConfiguration::read).orElseGet(WatchdogConfiguration::defaults);
    }

    private ConfigSource source() {
        return ConfigSource.choose(file, System.getenv(VARIABLE), SYSTEM_FILE);
    }

    /**
     * Connects to the configured Kafka, or to the broker of {@code watchdog up} on this machine.
     *
     * @throws CommandFailure if there is none; it names the configuration and the state directories that were used
     */
    KafkaConnection connect(WatchdogConfiguration configuration) {
        try {
            return KafkaConnection.running(configuration).orElseThrow(() -> new CommandFailure("there is no Kafka to connect to. "
                    + "The configuration (" + source().origin() + ") does not set kafka.bootstrap.servers, and no watchdog up runs with state-dir "
                    + KafkaConnection.stateDirs(configuration).stream().map(Path::toString).collect(Collectors.joining(" or "))
                    + ". Start watchdog up, or name its configuration: --config /etc/watchdog/watchdog.yaml"));
        } catch (UncheckedIOException e) {
            throw new CommandFailure(e.getMessage() + " (" + e.getCause().getMessage() + "). Run the command as the user of watchdog up,"
                    + " such as with sudo", e);
        }
    }
}
