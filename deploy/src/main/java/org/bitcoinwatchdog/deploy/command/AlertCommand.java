package org.bitcoinwatchdog.deploy.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "alert", mixinStandardHelpOptions = true,
        description = "Runs the alert worker, which notifies the people on call.")
final class AlertCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Override
    public Integer call() {
        return RunningParts.run(config.read(), RunningParts::runningKafka, parts -> {
            parts.startConsole();
            parts.startAlerts();
        });
    }
}
