package org.bitcoinwatchdog.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.command.ConfigOption.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
    @TempDir
    Path folder;

    @Test
    void endsWithTwoForAnUnknownCommandOrOption() {
        assertThat(CommandRun.of("watch").status()).isEqualTo(2);
        assertThat(CommandRun.of("topics", "--nope").status()).isEqualTo(2);
        assertThat(CommandRun.of().status()).isEqualTo(2);
    }

    @Test
    void refusesToReplayAnUnknownNetwork() {
        CommandRun run = CommandRun.of("replay", "fleet_normal", "--network", "mainn");
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).contains("unknown network 'mainn', did you mean main? Use main, test,");
    }

    @Test
    void saysOkOfAGoodConfiguration() throws IOException {
        Path file = Files.writeString(folder.resolve("good.yaml"), "http: {listen: 127.0.0.1:0}\n");
        CommandRun run = CommandRun.of("check-config", file.toString());
        assertThat(run.status()).isZero();
        assertThat(run.out()).isEqualTo(file + ": ok\n");
    }

    @Test
    void showsAUsersTemplatesFilledIn() throws IOException {
        Path file = Files.writeString(folder.resolve("templates.yaml"), """
                alerts:
                  templates: {title: "{{severity}} {{node}}", text: "{{summary}} {{times}}"}
                """);
        CommandRun run = CommandRun.of("check-config", file.toString());
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines()).startsWith("page alice",
                "    6 peers flood alice with addresses since 2026-01-02T03:04:05Z").endsWith(file + ": ok");
    }

    @Test
    void readsEveryKindOfSinkAndRefusesATemplateThatCannotBeFilledIn() throws IOException {
        Path file = Files.writeString(folder.resolve("sinks.yaml"), """
                alerts:
                  sinks:
                    - {name: am, type: alertmanager, url: "http://127.0.0.1:1", allow-private: true}
                    - {name: mail, type: email, server: "127.0.0.1:1", from: a@example.org, to: [b@example.org], encryption: none, allow-private: true}
                    - {name: run, type: exec, program: /bin/cat, arguments: ["-n"], timeout: 5s}
                    - {name: events, type: webhook, url: "http://127.0.0.1:1/x", format: cloudevents, allow-private: true}
                  inhibit:
                    - {source: ['alertname="NodeSilent"'], target: ['node!=""'], equal: [node]}
                """);
        CommandRun run = CommandRun.of("check-config", file.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.err().lines()).hasSize(4).filteredOn(line -> line.contains("warning: line ")).hasSize(3);
        assertThat(run.err().lines()).last().asString().contains("note: without alerts.external-url");
        Path wrong = Files.writeString(folder.resolve("wrong.yaml"), "alerts:\n  templates: {title: '{{sumary}}'}\n");
        assertThat(CommandRun.of("check-config", wrong.toString()).err()).contains("line 2", "sumary");
    }

    @Test
    void tellsEveryProblemOfABadConfigurationOnStandardError() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.yaml"), "htpp: {}\nstate-dir: [a]\nkafka: {linger.ms: [1]}\n");
        CommandRun run = CommandRun.of("check-config", file.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines()).containsExactly(
                file + ": line 1: htpp: unknown key, did you mean http?",
                file + ": line 2: state-dir: expected a path",
                file + ": line 3: kafka.linger.ms: expected a text");
    }

    @Test
    void endsWithOneAndASentenceWhereThereIsNoKafka() throws IOException {
        Path file = Files.writeString(folder.resolve("empty.yaml"), "state-dir: " + folder + "\n");
        CommandRun run = CommandRun.of("topics", "check", "--config", file.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains(file + " (--config)", "no watchdog up runs with state-dir " + folder).hasLineCount(1);
    }

    @Test
    void theConfigurationComesFromTheOptionThenTheVariableThenTheSystemsFile() throws IOException {
        Path option = folder.resolve("option.yaml");
        Path system = Files.writeString(folder.resolve("system.yaml"), "");
        assertThat(ConfigSource.choose(Optional.of(option), "/variable.yaml", system).file()).contains(option);
        assertThat(ConfigSource.choose(Optional.empty(), "/variable.yaml", system))
                .isEqualTo(new ConfigSource(Optional.of(Path.of("/variable.yaml")), "/variable.yaml ($WATCHDOG_CONFIG)"));
        assertThat(ConfigSource.choose(Optional.empty(), " ", system).file()).contains(system);
        ConfigSource none = ConfigSource.choose(Optional.empty(), null, folder.resolve("none.yaml"));
        assertThat(none.file()).isEmpty();
        assertThat(none.origin()).contains("neither --config nor $WATCHDOG_CONFIG is set", "none.yaml does not exist");
    }

    /** The words of a command, then what its message must contain: the option, the value, an example. */
    @ParameterizedTest
    @ValueSource(strings = {
        "tail --for 2 | --for '2' 30s",
        "tail --for 0s | --for '0s' 10m",
        "tail --for 999999999999d | --for '999999999999d' 36500d",
        "tail --type ad | --type 'ad' addrv2",
        "tail --type adr | --type 'adr' did you mean addr?",
        "record --out x.txt | --out 'x.txt' mine.jsonl.gz",
        "record --out /no/folder/x.jsonl.gz | --out '/no/folder/x.jsonl.gz' /no/folder",
        "record --out x.jsonl.gz --for soon | --for 'soon' 10m",
        "silence add --comment x --starts tomorrow node=a | --starts 'tomorrow' 2026-12-01T02:00:00Z",
        "silence add --comment x --starts +1000000-01-01T00:00:00Z node=a | --starts 10000 2026-12-01T02:00:00Z",
        "silence add --comment x --for 2 node=a | --for '2' 7d",
        "silence add --comment= node=a | --comment '' upgrade",
        "silence add --comment x --author= node=a | --author '' carol",
        "silence add --comment x nod=a | 'nod=a' node?",
        "silence add --comment x node | 'node' node=alice",
        "replay fleet_normal --network mainn | --network 'mainn' main?",
        "evaluate --seeds -1 | --seeds '-1' 10",
        "evaluate --seeds ten | --seeds 'ten' 10",
        "evaluate --years -0.5 | --years '-0.5' 26",
        "evaluate --years NaN | --years 'NaN' 26",
        "evaluate --full-days x | --full-days 'x' 2.5",
        "evaluate --threads 0 | --threads '0' 2",
        "evaluate --only nothing-like-this | --only 'nothing-like-this' such as",
        "evaluate --arrivals /no/file.csv | --arrivals '/no/file.csv' exists",
        "evaluate --recordings /no/file.gz | --recordings '/no/file.gz' exists",
        "evaluate --report /no/folder/r.html | --report '/no/folder/r.html' /no/folder",
        "evaluate --rule fleet-lagg --sweep page=1s..2s | --rule fleet-lagg fleet-lag?",
        "evaluate --rule fleet-lag --sweep page | --sweep page=60s..300s",
        "bench agent --steady 2 | --steady '2' 30s",
        "bench agent --idle x | --idle 'x' 30s",
        "bench alerts --rate 0 | --rate '0' 1000",
        "bench alerts --active -1 | --active '-1' 100000",
        "bench alerts --for 10ms | --for '10ms' 30s",
        "send-test-alert --severity high | --severity 'high' page",
        "send-test-alert --sink oops | --sink 'oops' none",
        "explain FleetLagg | 'FleetLagg' FleetLag?",
        "completion tcsh | SHELL 'tcsh' bash"})
    void aBadValueIsNamedWithItsOptionAndAnExample(String line) {
        String[] parts = line.split(" \\| ");
        CommandRun run = CommandRun.of(parts[0].split(" "));
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(parts[1].split(" ")).endsWith("--help\n").doesNotContain("\tat ").hasLineCount(2);
    }

    @Test
    void helpListsEveryCommandInAGroupWithItsExitStatuses() {
        String help = CommandRun.of("--help").out();
        assertThat(help).contains("Exit status:", "  2   Wrong usage or configuration.");
        WatchdogCommand.commandLine().getSubcommands().keySet().forEach(name -> assertThat(help).contains("\n  " + name + " "));
        assertThat(help.substring(help.indexOf("Other:")).lines().skip(1).takeWhile(line -> !line.isBlank()))
                .singleElement().asString().startsWith("  help");
        assertThat(CommandRun.of("help", "silence", "add").out() + CommandRun.of("silence", "add", "--help").out())
                .contains("--starts", "Exit status:");
    }

    @Test
    void completesCommandsAndOptionsInEachShell() {
        assertThat(CommandRun.of("completion", "bash").out()).contains("complete -F _complete_watchdog", "'--config'", "send-test-alert");
        assertThat(CommandRun.of("completion", "zsh").out()).contains("bashcompinit");
        assertThat(CommandRun.of("completion", "fish").out())
                .contains("complete -c watchdog -n __fish_use_subcommand -a status", "__fish_seen_subcommand_from silence' -l starts -x");
    }

    @Test
    void explainsAnAlertWithTheNumbersOfItsRuleHere() throws IOException {
        Path file = Files.writeString(folder.resolve("numbers.yaml"),
                "state-dir: " + folder + "\ndetectors: {stalled-blocks: {fleet-lag: {page: 150s}}}\n");
        CommandRun run = CommandRun.of("explain", "fleetlag", "--config", file.toString());
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).contains("What it means: the node is cut off", "What to do:",
                "Numbers of the rule (detectors.stalled-blocks.fleet-lag):", "  warn: 1m\n", "  page: 150s (default: 2m)\n");
        assertThat(CommandRun.of("explain", "0123abcd", "--config", file.toString()).err()).contains("there is no Kafka to connect to");
    }

    @Test
    void warnsOfASinkThatCanNotBeReachedAndRefusesOneWithoutItsSecret() throws IOException {
        Path unreachable = Files.writeString(folder.resolve("unreachable.yaml"),
                "alerts: {sinks: [{name: hook, type: webhook, url: \"http://127.0.0.1:1/\", allow-private: true}]}\n");
        CommandRun warned = CommandRun.of("check-config", unreachable.toString());
        assertThat(warned.status()).isZero();
        assertThat(warned.err()).startsWith(unreachable + ": warning: line 1: alerts.sinks[0]: sink hook: ");

        Path secretless = Files.writeString(folder.resolve("secretless.yaml"),
                "alerts: {sinks: [{name: ops, type: slack, url-file: no-such-file}]}\n");
        CommandRun refused = CommandRun.of("check-config", secretless.toString());
        assertThat(refused.status()).isEqualTo(1);
        assertThat(refused.err()).startsWith(secretless + ": line 1: alerts.sinks[0].url-file: ").contains("no-such-file");
    }
}
