package org.bitcoinwatchdog.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        assertThat(run.err()).contains("no embedded broker runs here").hasLineCount(1);
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
