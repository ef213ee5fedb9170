package org.bitcoinwatchdog.deploy.command;

import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "completion", mixinStandardHelpOptions = true,
        description = "Prints a script that completes commands and options in a shell. bash, zsh: source <(watchdog completion bash). "
                + "fish: watchdog completion fish | source.")
final class CompletionCommand implements Callable<Integer> {
    private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    @Parameters(paramLabel = "SHELL", completionCandidates = Shells.class, description = "One of: ${COMPLETION-CANDIDATES}.")
    private String shell;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!SHELLS.contains(shell)) {
            throw OptionValues.wrong(spec, "SHELL", shell, "bash, zsh or fish");
        }
        CommandLine root = spec.root().commandLine();
        PrintWriter out = spec.commandLine().getOut();
        // The script for bash turns on bash's completion in zsh.
        out.print(shell.equals("fish") ? fish(root) : AutoComplete.bash(root.getCommandName(), root));
        out.flush();
        return WatchdogCommand.DONE;
    }

    /** For the help and the completion of the command itself. */
    static final class Shells implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return SHELLS.iterator();
        }
    }

    private static String fish(CommandLine root) {
        StringBuilder script = new StringBuilder("complete -c watchdog -f\n");
        root.getSubcommands().forEach((name, command) -> {
            script.append("complete -c watchdog -n __fish_use_subcommand -a ").append(name).append(described(command)).append('\n');
            String inside = "complete -c watchdog -n '__fish_seen_subcommand_from " + name + "'";
            command.getSubcommands().forEach((below, nested) ->
                    script.append(inside).append(" -a ").append(below).append(described(nested)).append('\n'));
            options(script, inside, command);
            command.getSubcommands().values().forEach(nested -> options(script, inside, nested));
        });
        return script.toString();
    }

    private static void options(StringBuilder script, String inside, CommandLine command) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            String name = option.longestName().replaceFirst("^--", "");
            String form = option.arity().max() == 0 ? "" : option.paramLabel().contains("FILE") || option.paramLabel().contains("PATH") ? " -r -F" : " -x";
            script.append(inside).append(" -l ").append(name).append(form).append(quoted(String.join(" ", option.description()))).append('\n');
        }
    }

    private static String described(CommandLine command) {
        return quoted(String.join(" ", command.getCommandSpec().usageMessage().description()));
    }

    private static String quoted(String description) {
        return " -d '" + description.replace("\\", "\\\\").replace("'", "\\'").replace("\n", " ") + "'";
    }
}
