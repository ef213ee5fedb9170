package org.bitcoinwatchdog.deploy.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "check-config", description = "Says what is wrong in a configuration file, all of it at once.",
        mixinStandardHelpOptions = true)
final class CheckConfigCommand implements Callable<Integer> {
    @Parameters(paramLabel = "FILE")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        WatchdogConfiguration.read(file);
        spec.commandLine().getOut().println(file + ": ok");
        return WatchdogCommand.DONE;
    }
}
