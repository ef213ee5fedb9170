package org.bitcoinwatchdog.deploy.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.bitcoinwatchdog.agent.AgentSettings;
import org.bitcoinwatchdog.alerts.AlertSettings;
import org.bitcoinwatchdog.deploy.config.ConfigurationFile.ExaminedFile;
import org.bitcoinwatchdog.deploy.http.HttpSettings;
import org.bitcoinwatchdog.deploy.topics.TopicSettings;
import org.bitcoinwatchdog.detectors.DetectorSettings;

/**
 * Everything that a user may set, each key with a default.
 *
 * @param stateDir for the data of the embedded broker and the spool of the agent
 * @param kafka    passed to the Kafka clients; without {@code bootstrap.servers} a broker is started on this machine
 */
public record WatchdogConfiguration(
        Path stateDir,
        Map<String, String> kafka,
        TopicSettings topics,
        AgentSettings agent,
        DetectorSettings detectors,
        AlertSettings alerts,
        HttpSettings http) {
    /** The default state directory of root and of services. */
    public static final Path SYSTEM_STATE_DIR = Path.of("/var/lib/watchdog");

    private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    private static final ConfigurationFile.SettingsCheck<WatchdogConfiguration> CHECKS = (settings, sound) -> Stream.concat(
            AlertChecks.findings(settings, sound).stream(), KafkaKeys.findings(settings, sound).stream()).toList();

    public WatchdogConfiguration {
        kafka = Map.copyOf(kafka);
    }

    public static WatchdogConfiguration defaults() {
        return new WatchdogConfiguration(defaultStateDir(), Map.of(), TopicSettings.defaults(), AgentSettings.defaults(),
                DetectorSettings.defaults(), AlertSettings.defaults(), HttpSettings.defaults());
    }

    /** @throws ConfigurationException with everything that is wrong in the file */
    public static WatchdogConfiguration read(Path file) {
        return ConfigurationFile.read(file, defaults(), CHECKS);
    }

    /**
     * As {@link #read}, with warnings, and with problems as a result instead of an exception.
     *
     * @param checks in addition to those of {@link #read}
     * @throws ConfigurationException if the file can't be read, or is not YAML
     */
    @SafeVarargs
    public static ExaminedFile<WatchdogConfiguration> examine(Path file,
            ConfigurationFile.SettingsCheck<WatchdogConfiguration>... checks) {
        ConfigurationFile.SettingsCheck<WatchdogConfiguration> all = (settings, sound) -> Stream.of(checks)
                .flatMap(check -> check.findings(settings, sound).stream()).toList();
        return ConfigurationFile.examine(file, defaults(), CHECKS, all);
    }

    /** The brokers to use; empty to start one on this machine. */
    public Optional<String> bootstrapServers() {
        return Optional.ofNullable(kafka.get(BOOTSTRAP_SERVERS)).filter(servers -> !servers.isBlank());
    }

    /** The detectors' settings. Without a runbook address of their own, they get that of this watchdog's console. */
    public DetectorSettings detectorsWithRunbook() {
        return detectors.runbookBase().isPresent() ? detectors
                : detectors.withRunbookBase(RunbookPlace.base(alerts.externalUrl(), http));
    }

    /** /var/lib/watchdog, or for a user who may not write there, the place that the XDG specification names. */
    private static Path defaultStateDir() {
        if (Files.isWritable(Files.exists(SYSTEM_STATE_DIR) ? SYSTEM_STATE_DIR : SYSTEM_STATE_DIR.getParent())) {
            return SYSTEM_STATE_DIR;
        }
        String xdg = System.getenv("XDG_STATE_HOME");
        Path state = xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".local/state") : Path.of(xdg);
        return state.resolve("watchdog");
    }
}
