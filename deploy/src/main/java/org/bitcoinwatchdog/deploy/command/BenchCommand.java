package org.bitcoinwatchdog.deploy.command;

import picocli.CommandLine.Command;

/** Groups the benchmarks. */
@Command(name = "bench", description = "Measures what the parts cost on this machine.", mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "PART",
        subcommands = {BenchAgentCommand.class, BenchDetectorsCommand.class, BenchAlertsCommand.class})
final class BenchCommand {
}
