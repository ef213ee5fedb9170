package org.bitcoinwatchdog.deploy.command;

import java.util.concurrent.Callable;
import org.bitcoinwatchdog.deploy.run.Parts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "detect", mixinStandardHelpOptions = true,
        description = "Runs the detectors, which read events from Kafka and publish alerts.")
final class DetectCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Override
    public Integer call() {
        return RunningParts.run(config.read(), RunningParts::runningKafka, Parts::startDetectors);
    }
}
