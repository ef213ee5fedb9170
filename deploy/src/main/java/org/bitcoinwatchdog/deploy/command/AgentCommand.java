package org.bitcoinwatchdog.deploy.command;

import java.util.concurrent.Callable;
import org.bitcoinwatchdog.deploy.run.Parts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "agent", mixinStandardHelpOptions = true,
        description = "Traces the nodes on this host and publishes their events to Kafka.")
final class AgentCommand implements Callable<Integer> {
    @Mixin
    private ConfigOption config;

    @Override
    public Integer call() {
        return RunningParts.run(config.read(), RunningParts::runningKafka, Parts::startAgent);
    }
}
