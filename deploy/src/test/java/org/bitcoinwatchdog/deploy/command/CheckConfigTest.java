package org.bitcoinwatchdog.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.bitcoinwatchdog.deploy.config.ConfigurationException;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckConfigTest {
    private static final String SINK = "  sinks: [{name: ops, type: exec, program: /bin/cat}]\n";

    @TempDir
    Path folder;

    @Test
    void aRouteThatCanMatchNothingIsAnErrorWithItsLineAndTheNearestName() throws IOException {
        CommandRun run = check("alerts:\n" + SINK + """
                  routes:
                    - {match: {severity: critical}, sinks: [ops]}
                    - {match: {alertname: FleetLagg}, sinks: [ops]}
                    - {match: {detector: stalled-block}, sinks: [ops]}
                    - {match: {network: testnet5}, sinks: [ops]}
                    - match: {severity: page}
                      sinks: [opps]
                      group-by: [detector, netwrok]
                    - {match: {nodee: alice}, sinks: [ops]}
                """);
        assertThat(run.status()).isEqualTo(1);
        assertThat(errors(run)).satisfiesExactly(
                line -> assertThat(line).startsWith("line 4: alerts.routes[0].match.severity: unknown severity 'critical', use one of"),
                line -> assertThat(line).isEqualTo("line 5: alerts.routes[1].match.alertname: unknown alertname 'FleetLagg', did you mean FleetLag?"),
                line -> assertThat(line).endsWith("unknown detector 'stalled-block', did you mean stalled-blocks?"),
                line -> assertThat(line).contains("line 7", "unknown network 'testnet5', did you mean testnet4?"),
                line -> assertThat(line).contains("line 9", "a route names the sink opps, did you mean ops?"),
                line -> assertThat(line).contains("line 10", "no alert has the label 'netwrok', did you mean network?"),
                line -> assertThat(line).contains("line 11", "no alert has the label 'nodee', did you mean node?"));
    }

    @Test
    void takesEveryNetworkThatThereIs() throws IOException {
        StringBuilder routes = new StringBuilder("alerts:\n" + SINK + "  routes:\n");
        for (String network : List.of("main", "test", "testnet4", "signet", "signet_0123abcd", "regtest", "regtest_lab-1")) {
            routes.append("    - {match: {network: ").append(network).append("}, sinks: [ops], continue: true}\n");
        }
        assertThat(check(routes.toString()).status()).isZero();
    }

    @Test
    void theWatchdogRefusesSuchARouteToo() throws IOException {
        Path file = write("alerts:\n" + SINK + "  routes: [{match: {severity: critical}, sinks: [ops]}]\n");
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> WatchdogConfiguration.read(file))
                .isInstanceOf(ConfigurationException.class).hasMessageContaining("critical");
    }

    @Test
    void warnsOfPagesThatNoRouteTakes() throws IOException {
        String warnOnly = "alerts:\n" + SINK + "  routes: [{match: {severity: warn}, sinks: [ops]}, {match: {alertname: FleetLag}, sinks: [ops]}]\n";
        CommandRun run = check(warnOnly + "detectors: {liveness: {node-silent: {enabled: false}}}\n");
        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("warning: line 3: alerts.routes: no one is notified of pages of ", "AddressFlood", "Eclipse")
                .doesNotContain("FleetLag").doesNotContain("NodeSilent").doesNotContain("SlowChain");
        assertThat(check(warnOnly).err()).contains("NodeSilent");
        assertThat(check(warnOnly, "--strict").status()).isEqualTo(1);
    }

    @Test
    void aRouteWithoutSinksKeepsPagesFromEverybody() throws IOException {
        assertThat(check("alerts:\n" + SINK + "  routes: [{match: {alertname: FleetLag}, sinks: []}, {sinks: [ops]}]\n").err())
                .contains("pages of FleetLag.");
        assertThat(check("alerts:\n" + SINK + "  routes: [{match: {alertname: FleetLag, network: signet}, sinks: []}, {sinks: [ops]}]\n").err())
                .doesNotContain("pages of");
    }

    @Test
    void namesEverythingThatIsNotThereAtOnce() throws IOException {
        Files.writeString(folder.resolve("broken.map"), "not an asmap");
        CommandRun run = check("""
                kafka:
                  bootstrap.servers: "no-such-host.invalid:9092"
                  security.protocl: SSL
                  acks: most
                  ssl.truststore.location: /no/such/truststore
                agent: {nodes: [{name: alice, bitcoind: /no/such/bitcoind}]}
                detectors: {asmap: broken.map}
                alerts:
                  sinks:
                    - {name: ops, type: webhook, url: "http://127.0.0.1:1/"}
                    - {name: ops, type: exec, program: /no/such/program}
                    - {name: am, type: alertmanager, url: "http://am.invalid", token-file: no-token}
                http: {token-file: no-console-token}
                """);
        assertThat(run.status()).isEqualTo(1);
        assertThat(errors(run)).satisfiesExactly(
                line -> assertThat(line).contains("line 2", "no-such-host.invalid:9092 can't be resolved"),
                line -> assertThat(line).contains("line 3", "did you mean security.protocol?"),
                line -> assertThat(line).contains("line 4", "kafka.acks", "expected"),
                line -> assertThat(line).contains("line 5", "/no/such/truststore can't be read"),
                line -> assertThat(line).contains("line 6", "/no/such/bitcoind is not an executable file"),
                line -> assertThat(line).contains("line 7", "detectors.asmap", "broken.map"),
                line -> assertThat(line).contains("line 10", "sink ops", "allow-private"),
                line -> assertThat(line).contains("line 11", "two sinks have the name ops"),
                line -> assertThat(line).contains("line 11", "/no/such/program is not an executable file"),
                line -> assertThat(line).contains("line 12", "alerts.sinks[2].token-file", "no-token does not exist"),
                line -> assertThat(line).contains("line 13", "http.token-file"));
    }

    @Test
    void aKeyWithAMistakeHidesNothingElse() throws IOException {
        CommandRun run = check("""
                alerts:
                  sinks:
                    - {name: ops, type: slack, url-file: no-url}
                    - {name: bad, type: slak}
                  routes: [{match: {severity: pages}, sinks: [bad]}]
                state-dir: [a]
                """);
        assertThat(errors(run)).satisfiesExactly(
                line -> assertThat(line).contains("line 3", "no-url does not exist"),
                line -> assertThat(line).contains("line 4", "did you mean slack?"),
                line -> assertThat(line).contains("line 5", "unknown severity 'pages', did you mean page?"),
                line -> assertThat(line).contains("line 6", "state-dir"));
    }

    @Test
    void warnsOfSecretsThatEveryUserCanRead() throws IOException {
        Path url = Files.writeString(folder.resolve("url"), "https://no-such-host.invalid/x");
        String file = "alerts: {sinks: [{name: ops, type: slack, url-file: url}]}\n";
        Files.setPosixFilePermissions(url, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(check(file).err()).contains("alerts.sinks[0].url-file: every user of this machine can read " + url + ". Run: chmod o-r");
        Files.setPosixFilePermissions(url, PosixFilePermissions.fromString("rw-------"));
        CommandRun safe = check(file);
        assertThat(safe.status()).isZero();
        assertThat(safe.err()).doesNotContain("every user");
    }

    @Test
    void warnsOfATemplateThatGivesNoText() throws IOException {
        CommandRun run = check("alerts:\n  templates: {text: '{{#firing}}{{summary}}{{/firing}}'}\n");
        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("warning: line 2: alerts.templates.text: gives no text for a resolved alert");
    }

    @Test
    void passesOnKeysOfPlugInsWithAWarning() throws IOException {
        CommandRun run = check("kafka: {bootstrap.servers: '127.0.0.1:9092', com.example.login.realm: x, consumer.fetch.min.bytes: '1'}\n");
        assertThat(run.status()).isZero();
        assertThat(run.err()).contains("warning: line 1: kafka.com.example.login.realm: no Kafka client has this key").hasLineCount(1);
    }

    @Test
    void endsWithTwoOnlyIfTheFileCanNotBeRead() throws IOException {
        assertThat(CommandRun.of("check-config", folder.resolve("none.yaml").toString()).status()).isEqualTo(2);
        assertThat(check("a: [").status()).isEqualTo(1);
    }

    private CommandRun check(String text, String... options) throws IOException {
        String[] arguments = java.util.stream.Stream.concat(java.util.stream.Stream.of("check-config", write(text).toString()),
                java.util.stream.Stream.of(options)).toArray(String[]::new);
        return CommandRun.of(arguments);
    }

    private Path write(String text) throws IOException {
        return Files.writeString(folder.resolve("watchdog.yaml"), text);
    }

    /** Without the file's name before each. */
    private List<String> errors(CommandRun run) {
        String prefix = folder.resolve("watchdog.yaml") + ": ";
        return run.err().lines().filter(line -> !line.contains(": warning: ") && !line.contains(": note: "))
                .map(line -> line.replace(prefix, "")).toList();
    }
}
