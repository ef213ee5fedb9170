package org.bitcoinwatchdog.deploy.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import org.bitcoinwatchdog.deploy.bench.figures.Figures;
import org.bitcoinwatchdog.deploy.bench.figures.MachineLoad;
import org.bitcoinwatchdog.deploy.text.Measuring;
import org.bitcoinwatchdog.deploy.text.Version;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that all benchmarks have. */
final class BenchOptions {
    @Option(names = "--json", paramLabel = "FILE", description = "Also writes the figures to this file, for 'watchdog bench compare'.")
    private Path json;

    @Option(names = "--alone", description = "Fails if other work takes more than half of each core. Without it, the benchmark only warns.")
    private boolean alone;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    CommandSpec spec() {
        return spec;
    }

    /** The benchmark itself. */
    interface Benchmark {
        /** @return whether everything that it sent arrived */
        boolean run(Figures figures) throws IOException, InterruptedException;
    }

    int measure(String what, Benchmark benchmark) throws IOException, InterruptedException {
        if (json != null) {
            OptionValues.writable(spec, "--json", json);
        }
        MachineLoad before = MachineLoad.now();
        if (alone && before.warning().isPresent()) {
            throw new CommandFailure(before.warning().get());
        }
        before.warning().ifPresent(warning -> spec.commandLine().getErr().println("watchdog: " + warning));
        Instant began = Instant.now();
        try (Measuring measuring = new Measuring(what, spec.commandLine().getOut(), spec.commandLine().getErr())) {
            Figures figures = new Figures(measuring.results());
            boolean complete = benchmark.run(figures);
            if (json != null) {
                figures.run(Version.TEXT, began, before, MachineLoad.now()).write(json);
            }
            return complete ? WatchdogCommand.DONE : WatchdogCommand.FAILED;
        }
    }
}
