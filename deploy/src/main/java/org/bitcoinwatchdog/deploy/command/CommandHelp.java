package org.bitcoinwatchdog.deploy.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What the help of all commands has in common: exit statuses, and the list of commands by purpose. */
final class CommandHelp {
    private static final Map<String, String> EXIT_STATUS = new LinkedHashMap<>();
    private static final Map<String, List<String>> GROUPS = new LinkedHashMap<>();

    static {
        EXIT_STATUS.put("0", "Done.");
        EXIT_STATUS.put("1", "It failed, or it found a problem. The message is on standard error.");
        EXIT_STATUS.put("2", "Wrong usage or configuration.");
        GROUPS.put("Look", List.of("status", "alerts", "explain", "nodes", "tail"));
        GROUPS.put("Act", List.of("silence", "send-test-alert"));
        GROUPS.put("Run", List.of("up", "agent", "detect", "alert", "demo"));
        GROUPS.put("Set up and check", List.of("check-config", "doctor", "topics", "completion"));
        GROUPS.put("Record and measure", List.of("record", "replay", "evaluate", "bench"));
    }

    private CommandHelp() {
    }

    static void complete(CommandLine command) {
        command.getCommandSpec().usageMessage().exitCodeListHeading("%nExit status:%n").exitCodeList(EXIT_STATUS);
        command.getSubcommands().values().stream().distinct().forEach(CommandHelp::complete);
        if (command.getParent() == null) {
            command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
            command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, CommandHelp::grouped);
        }
    }

    private static String grouped(Help help) {
        Set<String> others = new TreeSet<>(help.subcommands().keySet());
        StringBuilder text = new StringBuilder();
        GROUPS.forEach((heading, names) -> {
            text.append(list(help, heading, names));
            names.forEach(others::remove);
        });
        return text.append(list(help, "Other", List.copyOf(others))).toString();
    }

    private static String list(Help help, String heading, List<String> names) {
        StringBuilder text = new StringBuilder(String.format("%n%s:%n", heading));
        names.stream().filter(help.subcommands()::containsKey).forEach(name -> {
            UsageMessageSpec usage = help.subcommands().get(name).commandSpec().usageMessage();
            String[] description = usage.header().length > 0 ? usage.header() : usage.description();
            text.append(String.format("  %-16s %s%n", name, firstSentence(description)));
        });
        return text.toString();
    }

    private static String firstSentence(String[] description) {
        String text = description.length == 0 ? "" : description[0];
        int end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }
}
