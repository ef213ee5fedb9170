package org.bitcoinwatchdog.deploy.command;

import java.util.List;
import org.bitcoinwatchdog.agent.kernel.KernelException;
import org.bitcoinwatchdog.deploy.broker.BrokerFailure;
import org.bitcoinwatchdog.deploy.config.ConfigurationException;
import org.bitcoinwatchdog.deploy.demo.Demo.DemoFailure;
import org.bitcoinwatchdog.deploy.run.Parts.PartFailure;
import org.bitcoinwatchdog.deploy.text.Version;
import org.bitcoinwatchdog.deploy.topics.TopicAdmin.KafkaUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine;

/** The command {@code watchdog}. Exits with 0 when done, 1 when it failed, 2 for wrong usage or configuration. */
@Command(
        name = "watchdog",
        description = "Watches Bitcoin Core nodes through their tracepoints and notifies the people on call.",
        mixinStandardHelpOptions = true,
        versionProvider = WatchdogCommand.TheVersion.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            PartCommands.UpCommand.class,
            DemoCommand.class,
            PartCommands.AgentCommand.class,
            PartCommands.DetectCommand.class,
            PartCommands.AlertCommand.class,
            DoctorCommand.class,
            RecordCommand.class,
            TailCommand.class,
            ReplayCommand.class,
            WatchdogCommand.BenchCommand.class,
            EvaluateCommand.class,
            CheckConfigCommand.class,
            TopicsCommand.class,
            StatusCommand.class,
            ExplainCommand.class,
            NodesCommand.class,
            AlertsCommand.class,
            SilenceCommand.class,
            SendTestAlertCommand.class,
            CompletionCommand.class,
            CommandLine.HelpCommand.class
        })
public final class WatchdogCommand {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    /** Failures whose message says what to do. They have no stack trace. */
    private static final List<Class<? extends Exception>> EXPLAINED = List.of(CommandFailure.class, PartFailure.class,
            BrokerFailure.class, DemoFailure.class, KafkaUnavailable.class, KernelException.class);
    private static final Logger LOG = LoggerFactory.getLogger(WatchdogCommand.class);

    public static CommandLine commandLine() {
        CommandLine command = OptionValues.register(new CommandLine(new WatchdogCommand()))
                .setExecutionExceptionHandler(WatchdogCommand::explain)
                .setParameterExceptionHandler(WatchdogCommand::refuse);
        CommandHelp.complete(command);
        return command;
    }

    /** One message, with the command to run for more; not the whole help, which would hide the message. */
    private static int refuse(CommandLine.ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        if (args.length == 0) {
            command.usage(command.getErr());
            return WRONG_USAGE;
        }
        command.getErr().println("watchdog: " + wrong.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr());
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return WRONG_USAGE;
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof ConfigurationException wrong) {
            command.getErr().println(wrong.getMessage());
            return WRONG_USAGE;
        }
        if (EXPLAINED.stream().anyMatch(type -> type.isInstance(failure))) {
            command.getErr().println("watchdog: " + failure.getMessage());
            return FAILED;
        }
        LOG.error("{} failed", command.getCommandName(), failure);
        return FAILED;
    }

    static final class TheVersion implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"watchdog " + Version.TEXT};
        }
    }

    /** Groups the benchmarks. */
    @Command(name = "bench", description = "Measures what the parts cost on this machine.", mixinStandardHelpOptions = true,
            synopsisSubcommandLabel = "PART",
            subcommands = {BenchUpCommand.class, BenchAgentCommand.class, BenchDetectorsCommand.class, BenchAlertsCommand.class,
                BenchCompareCommand.class})
    static final class BenchCommand {
    }
}
