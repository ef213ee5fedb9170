package org.bitcoinwatchdog.deploy.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.sinks.SinkSettings;
import org.bitcoinwatchdog.alerts.sinks.Webhook;
import org.bitcoinwatchdog.deploy.config.ConfigurationException.Problem;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.blocks.FleetLag;
import org.bitcoinwatchdog.detectors.blocks.NoBlock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchdogConfigurationTest {
    private static final String EXAMPLE = """
            state-dir: /var/lib/watchdog
            kafka:
              bootstrap.servers: ""
              security.protocol: SSL
            agent:
              nodes:
                - name: alice
                  bitcoind: /usr/local/bin/bitcoind
                  network: main
            detectors:
              asmap: /var/lib/watchdog/ip_asn.map
              stalled-blocks:
                fleet-lag: {warn: 30s, page: 90s}
            alerts:
              sinks:
                - {name: ops,   type: slack,        url-file: /etc/watchdog/slack-url}
                - {name: pager, type: pagerduty,    routing-key-file: /etc/watchdog/pagerduty-key}
                - {name: hook,  type: webhook,      url: "https://example.org/hook", secret-file: /etc/watchdog/hook-secret, allow-private: false}
              routes:
                - {match: {severity: page}, sinks: [pager, ops]}
                - {match: {severity: warn}, sinks: [ops], group-by: [detector, network], group-wait: 30s, repeat: 4h}
            http:
              listen: 127.0.0.1:9332
            """;

    @TempDir
    Path folder;

    @Test
    void bindsEverySectionOfTheExample() throws IOException {
        WatchdogConfiguration configuration = read(EXAMPLE);

        assertThat(configuration.bootstrapServers()).isEmpty();
        assertThat(configuration.kafka()).containsEntry("security.protocol", "SSL");
        assertThat(configuration.agent().nodes()).singleElement()
                .satisfies(node -> assertThat(node.name()).contains("alice"));
        assertThat(configuration.detectors().asmap()).contains(Path.of("/var/lib/watchdog/ip_asn.map"));
        assertThat(configuration.detectors().of(FleetLag.Settings.class).warn()).isEqualTo(Duration.ofSeconds(30));
        assertThat(configuration.alerts().sinks()).extracting(SinkSettings::name).containsExactly("ops", "pager", "hook");
        assertThat(configuration.alerts().sinks().get(2)).isEqualTo(new Webhook("hook",
                Optional.of(URI.create("https://example.org/hook")), Optional.empty(),
                Optional.of(Path.of("/etc/watchdog/hook-secret")), Optional.of(false)));
        assertThat(configuration.alerts().routes().get(0).match()).contains(Map.of("severity", "page"));
        assertThat(configuration.alerts().routes().get(1).groupBy()).contains(List.of("detector", "network"));
        assertThat(configuration.http().port()).isEqualTo(9332);
    }

    @Test
    void leavesEveryOtherKeyAtItsDefault() throws IOException {
        assertThat(read("http: {listen: 127.0.0.1:9332}")).isEqualTo(WatchdogConfiguration.defaults());
    }

    private static final String BY_NETWORK_AND_NODE = """
            detectors:
              nodes:
                alice:
                  stalled-blocks:
                    fleet-lag: {page: 5m}
                    no-block: {enabled: true}
              networks:
                regtest:
                  stalled-blocks: {fleet-lag: {warn: 10s}}
              stalled-blocks:
                fleet-lag: {warn: 20s, page: 40s}
            """;

    @Test
    void whatANodeChangesIsLaidOverItsNetworkAndThatOverWhatIsGeneral() throws IOException {
        DetectorSettings detectors = read(BY_NETWORK_AND_NODE).detectors();

        var general = detectors.of("main", "bob");
        assertThat(general.of(FleetLag.Settings.class).warn()).isEqualTo(Duration.ofSeconds(20));
        assertThat(general.of(NoBlock.Settings.class).enabled()).isTrue();
        var regtest = detectors.of("regtest");
        assertThat(regtest.of(FleetLag.Settings.class).warn()).isEqualTo(Duration.ofSeconds(10));
        assertThat(regtest.of(FleetLag.Settings.class).page()).isEqualTo(Duration.ofSeconds(40));
        assertThat(regtest.of(NoBlock.Settings.class).enabled()).as("blocks come on demand there").isFalse();
        var alice = detectors.of("regtest", "alice");
        assertThat(alice.of(FleetLag.Settings.class).warn()).isEqualTo(Duration.ofSeconds(10));
        assertThat(alice.of(FleetLag.Settings.class).page()).isEqualTo(Duration.ofMinutes(5));
        assertThat(alice.of(NoBlock.Settings.class).enabled()).isTrue();
    }

    @Test
    void aNetworkInheritsWhatIsSetForItsBaseChain() throws IOException {
        DetectorSettings detectors = read("""
                detectors:
                  networks:
                    regtest_lab:
                      stalled-blocks: {no-block: {enabled: true}}
                    regtest:
                      stalled-blocks: {fleet-lag: {warn: 10s}}
                """).detectors();

        assertThat(detectors.of("regtest_lab").of(FleetLag.Settings.class).warn()).isEqualTo(Duration.ofSeconds(10));
        assertThat(detectors.of("regtest_lab").of(NoBlock.Settings.class).enabled()).isTrue();
        assertThat(detectors.of("regtest").of(NoBlock.Settings.class).enabled()).isFalse();
    }

    @Test
    void unknownNetworksAreRefusedWithTheNearestName() {
        assertThatThrownBy(() -> read("""
                agent:
                  nodes:
                    - {name: alice, network: maim}
                    - {name: bob, network: signet_XYZ}
                    - {name: carol, network: regtest_lab}
                detectors:
                  networks:
                    regtst:
                      stalled-blocks: {}
                """))
                .hasMessageContaining("line 3: agent.nodes[0].network: expected a network (main, test, testnet4, signet,")
                .hasMessageContaining("found 'maim', did you mean main?")
                .hasMessageContaining("line 4: agent.nodes[1].network: expected a network")
                .hasMessageContaining("line 8: detectors.networks.regtst: expected a network")
                .hasMessageContaining("did you mean regtest?");
    }

    @Test
    void whatIsWrongForOneNodeIsToldWithItsLine() {
        assertThatThrownBy(() -> read("""
                detectors:
                  nodes:
                    alice:
                      stalled-blocks:
                        fleet-lag: {warn: 10m}
                    bob:
                      stalled-blok: {}
                """))
                .hasMessageContaining("line 5").hasMessageContaining("warn must not be above page")
                .hasMessageContaining("line 7: detectors.nodes.bob.stalled-blok: unknown key");
    }

    @Test
    void tellsTheProblemsOfEveryPartAtOnce() {
        assertThatThrownBy(() -> read("""
                agent:
                  ring-buffer-bytes: 1000
                detectors:
                  stalled-block: {}
                  stalled-blocks:
                    fleet-lag: {warn: 3m, page: 1m}
                alerts:
                  sinks:
                    - {name: hook, type: webhok, url: "https://example.org"}
                  routes:
                    - {match: {severity: page}, sinks: pager}
                """))
                .isInstanceOfSatisfying(ConfigurationException.class, refused -> assertThat(refused.problems())
                        .extracting(Problem::line).containsExactlyInAnyOrder(2, 4, 6, 9, 11))
                .hasMessageContaining("line 4: detectors.stalled-block: unknown key, did you mean stalled-blocks?")
                .hasMessageContaining("line 9: alerts.sinks[0].type: unknown type 'webhok', did you mean webhook?");
    }

    @Test
    void theShippedExamplesAreGood() throws IOException {
        try (var examples = Files.list(Path.of("examples"))) {
            assertThat(examples).isNotEmpty().allSatisfy(WatchdogConfiguration::read);
        }
    }

    private WatchdogConfiguration read(String text) throws IOException {
        return WatchdogConfiguration.read(Files.writeString(folder.resolve("watchdog.yaml"), text));
    }
}
