package org.bitcoinwatchdog.deploy.command;

import java.nio.file.Path;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import picocli.CommandLine.Option;

/** {@code --config FILE}, for the commands that have it. */
final class ConfigOption {
    @Option(names = "--config", paramLabel = "FILE", description = "Configuration file. Every key has a default.")
    private Optional<Path> file;

    /** @throws org.bitcoinwatchdog.deploy.config.ConfigurationException with everything that is wrong in the file */
    WatchdogConfiguration read() {
        return file.map(WatchdogConfiguration::read).orElseGet(WatchdogConfiguration::defaults);
    }
}
