package org.bitcoinwatchdog.deploy.command;

import java.util.concurrent.Callable;
import org.bitcoinwatchdog.deploy.bench.DetectorsBench;
import org.bitcoinwatchdog.deploy.bench.KafkaBench;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "detectors", mixinStandardHelpOptions = true,
        description = "Measures the detectors: events a second with and without Kafka, cost by number of nodes, state of a node.")
final class BenchDetectorsCommand implements Callable<Integer> {
    @Option(names = "--without-kafka", description = "Skips the measurement with Kafka and starts no broker.")
    private boolean withoutKafka;

    @Mixin
    private ConfigOption config;

    @Mixin
    private BenchOptions options;

    @Override
    public Integer call() throws Exception {
        DetectorSettings settings = config.read().detectors();
        return options.measure("measuring detectors", figures -> {
            new DetectorsBench(settings, figures).run();
            if (!withoutKafka) {
                new KafkaBench(settings, figures).run();
            }
            return true;
        });
    }
}
