package org.bitcoinwatchdog.deploy.command;

import java.util.concurrent.Callable;
import org.bitcoinwatchdog.deploy.run.KafkaConnection;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "up", mixinStandardHelpOptions = true,
        description = "Runs all parts on this machine. Starts a Kafka broker unless kafka.bootstrap.servers is set.")
final class UpCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Override
    public Integer call() {
        return RunningParts.run(config.read(), KafkaConnection::orEmbedded, parts -> {
            parts.prepareTopics();
            parts.startConsole();
            parts.startAlerts();
            parts.startDetectors();
            parts.startAgent();
        });
    }
}
