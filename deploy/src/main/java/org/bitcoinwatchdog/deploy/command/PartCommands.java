package org.bitcoinwatchdog.deploy.command;

import java.util.concurrent.Callable;
import org.bitcoinwatchdog.deploy.run.KafkaConnection;
import org.bitcoinwatchdog.deploy.run.Parts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The commands that run all parts or one of them, until SIGTERM. */
final class PartCommands {
    private PartCommands() {
    }

    @Command(name = "up", mixinStandardHelpOptions = true,
            description = "Runs all parts on this machine. Starts a Kafka broker unless kafka.bootstrap.servers is set.")
    static final class UpCommand implements Callable<Integer> {
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

    @Command(name = "agent", mixinStandardHelpOptions = true,
            description = "Traces the nodes on this host and publishes their events to Kafka.")
    static final class AgentCommand implements Callable<Integer> {
        @Mixin
        private ConfigOption config;

        @Override
        public Integer call() {
            return RunningParts.run(config.read(), config::connect, Parts::startAgent);
        }
    }

    @Command(name = "detect", mixinStandardHelpOptions = true,
            description = "Runs the detectors, which read events from Kafka and publish alerts.")
    static final class DetectCommand implements Callable<Integer> {
        @Mixin
        private ConfigOption config;

        @Override
        public Integer call() {
            return RunningParts.run(config.read(), config::connect, Parts::startDetectors);
        }
    }

    @Command(name = "alert", mixinStandardHelpOptions = true,
            description = "Runs the alert worker, which notifies the people on call.")
    static final class AlertCommand implements Callable<Integer> {
        @Mixin
        private ConfigOption config;

        @Override
        public Integer call() {
            return RunningParts.run(config.read(), config::connect, parts -> {
                parts.startConsole();
                parts.startAlerts();
            });
        }
    }
}
