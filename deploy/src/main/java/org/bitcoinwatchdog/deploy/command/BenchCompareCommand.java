package org.bitcoinwatchdog.deploy.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bitcoinwatchdog.deploy.bench.figures.Figures.BenchRun;
import org.bitcoinwatchdog.deploy.bench.figures.RunComparison;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "compare", mixinStandardHelpOptions = true, description = "Compares the figures of two runs that --json has written.")
final class BenchCompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "A.json", description = "The run before.")
    private Path before;

    @Parameters(index = "1", paramLabel = "B.json", description = "The run after.")
    private Path after;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        new RunComparison(read(before), read(after)).lines().forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
        return WatchdogCommand.DONE;
    }

    private static BenchRun read(Path file) {
        try {
            return BenchRun.read(file);
        } catch (JsonProcessingException e) {
            throw new CommandFailure(file + " is not a run of a benchmark. Write one with: watchdog bench up --json " + file);
        } catch (IOException e) {
            throw new CommandFailure(file + " can't be read: " + e.getMessage());
        }
    }
}
