package org.bitcoinwatchdog.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.bitcoinwatchdog.deploy.config.ConfigurationException.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationFileTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing but a comment\n", "---\n", "{}\n"})
    void takesEveryDefaultFromAFileThatSaysNothing(String text) throws IOException {
        assertThat(read(text)).isEqualTo(Sample.defaults());
    }

    @Test
    void readsEveryFormOfValue() throws IOException {
        Sample sample = read("""
                name: 42
                enabled: false
                count: 7
                bytes: 9000000000
                share: .25
                folder: sub/folder
                level: very-loud
                limits: {warn-after: 500ms, page-after: 14d}
                targets:
                  - {type: web-hook, name: hook, url: "https://example.org/x", timeout: 4h}
                  - type: log
                    name: file
                tags: [a, b, a]
                properties: {security.protocol: SSL, linger.ms: 5, enable.idempotence: true}
                per-node:
                  alice: {page-after: 10m}
                """);

        assertThat(sample.name()).isEqualTo("42");
        assertThat(sample.enabled()).isFalse();
        assertThat(sample.count()).isEqualTo(7);
        assertThat(sample.bytes()).isEqualTo(9_000_000_000L);
        assertThat(sample.share()).isEqualTo(0.25);
        assertThat(sample.folder()).isEqualTo(folder.resolve("sub/folder"));
        assertThat(sample.level()).contains(Sample.Level.VERY_LOUD);
        assertThat(sample.limits()).isEqualTo(new Sample.Limits(Duration.ofMillis(500), Duration.ofDays(14)));
        assertThat(sample.targets()).containsExactly(
                new Sample.WebHook("hook", URI.create("https://example.org/x"), Duration.ofHours(4)),
                new Sample.Log("file"));
        assertThat(sample.tags()).containsExactly("a", "b");
        assertThat(sample.properties())
                .containsEntry("linger.ms", "5").containsEntry("enable.idempotence", "true").hasSize(3);
        assertThat(sample.perNode().get("alice"))
                .isEqualTo(new Sample.Limits(Duration.ofMinutes(1), Duration.ofMinutes(10)));
    }

    @Test
    void keepsTheOtherDefaultsOfASectionThatSetsOneKey() throws IOException {
        assertThat(read("limits: {warn-after: 30s}").limits())
                .isEqualTo(new Sample.Limits(Duration.ofSeconds(30), Duration.ofMinutes(2)));
    }

    @Test
    void takesASectionWhoseKeysAreAllCommentedOutForItsDefaults() throws IOException {
        assertThat(read("limits:\n#  warn-after: 30s\ntargets:\nname: x\n"))
                .extracting(Sample::limits, Sample::targets)
                .containsExactly(Sample.Limits.defaults(), List.of());
    }

    @Test
    void namesTheLineAndTheNearestKeyOfAnUnknownOne() {
        assertProblems("name: x\nlimitz: {}\n", "line 2: limitz: unknown key, did you mean limits?");
    }

    @Test
    void listsTheKnownKeysWhereNoneIsNear() {
        assertProblems("limits:\n  colour: blue\n",
                "line 2: limits.colour: unknown key, known are: warn-after, page-after");
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        assertProblems("""
                name: [1, 2]
                enabled: yes
                count: 3.5
                share: NaN
                level: loud
                limits: {warn-after: 5m, page-after: 90}
                targets:
                  - {type: webhook, name: a}
                  - {name: b}
                  - {type: web-hook, name: c, url: "::", timeout: 1s}
                  - log
                tags: {}
                properties: []
                bytes:
                """,
                "line 1: name: expected a text",
                "line 2: enabled: expected true or false, found 'yes'",
                "line 3: count: expected a whole number, found '3.5'",
                "line 4: share: expected a number, found 'NaN'",
                "line 5: level: expected one of quiet, very-loud, found 'loud'",
                "line 6: limits.page-after: expected a duration such as 500ms, 60s, 10m, 4h or 14d, found '90'",
                "line 8: targets[0].type: unknown type 'webhook', did you mean web-hook?",
                "line 9: targets[1]: the key type is missing, one of: web-hook, log",
                "line 10: targets[2].url: expected a URL, found '::'",
                "line 11: targets[3]: expected a mapping (key: value)",
                "line 12: tags: expected a list",
                "line 13: properties: expected a mapping (key: value)",
                "line 14: bytes: has no value, expected a whole number");
    }

    @Test
    void passesOnWhatARecordRefuses() {
        assertProblems("name: x\nlimits: {warn-after: 5m}\n",
                "line 2: limits: warn-after must not be longer than page-after");
    }

    @Test
    void namesAKeyThatHasNoDefaultAndIsMissing() {
        assertProblems("targets:\n  - {type: web-hook, name: a, url: \"https://example.org\"}\n",
                "line 2: targets[0]: the key timeout is missing");
    }

    @Test
    void refusesAKeyThatStandsThereTwice() {
        assertProblems("name: a\ncount: 1\nname: b\n", "line 3: name: duplicate key, first defined in line 1");
    }

    @Test
    void namesTheLineOfWhatIsNotYaml() {
        assertThatThrownBy(() -> read("name: x\ncount: [1, 2\nshare: 1\n"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("line 3: not YAML: ");
    }

    @Test
    void refusesASecondDocument() {
        assertProblems("name: x\n---\nname: y\n", "line 3: a second document begins (---), only one is read");
    }

    @Test
    void saysThatThereIsNoSuchFile() {
        assertThatThrownBy(() -> ConfigurationFile.read(folder.resolve("none.yaml"), Sample.defaults()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageEndingWith("none.yaml: file not found");
    }

    @Test
    void refusesBytesThatAreNoText() throws IOException {
        Path file = folder.resolve("binary.yaml");
        Files.write(file, "name: \u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> ConfigurationFile.read(file, Sample.defaults()))
                .hasMessageEndingWith("not a text in UTF-8");
    }

    @Test
    void repeatsLittleOfAWrongValueSinceItMayBeASecret() {
        assertThatThrownBy(() -> read("limits: {warn-after: https://hooks.slack.com/services/T000/B000/XXXXXXXX}"))
                .hasMessageNotContaining("XXXX");
    }

    private Sample read(String text) throws IOException {
        return ConfigurationFile.read(Files.writeString(folder.resolve("watchdog.yaml"), text), Sample.defaults());
    }

    private void assertProblems(String text, String... expected) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOfSatisfying(ConfigurationException.class, refused ->
                        assertThat(refused.problems()).map(Problem::toString).containsExactlyInAnyOrder(expected));
    }
}
