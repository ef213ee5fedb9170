package org.bitcoinwatchdog.deploy.command;

import java.util.concurrent.Callable;
import org.bitcoinwatchdog.deploy.bench.DetectorsBench;
import org.bitcoinwatchdog.deploy.bench.KafkaBench;
import org.bitcoinwatchdog.deploy.text.Measuring;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "detectors", mixinStandardHelpOptions = true,
        description = "Measures the detectors: events a second with and without Kafka, cost by number of nodes, state of a node.")
final class BenchDetectorsCommand implements Callable<Integer> {
    @Option(names = "--without-kafka", description = "Skips the measurement with Kafka and starts no broker.")
    private boolean withoutKafka;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        DetectorSettings settings = config.read().detectors();
        try (Measuring measuring = new Measuring("measuring detectors", spec.commandLine().getOut(), spec.commandLine().getErr())) {
            new DetectorsBench(settings, measuring.results()).run();
            if (!withoutKafka) {
                new KafkaBench(settings, measuring.results()).run();
            }
        }
        return WatchdogCommand.DONE;
    }
}
