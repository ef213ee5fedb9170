package org.bitcoinwatchdog.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.bitcoinwatchdog.deploy.demo.Demo.DemoTeller;
import org.bitcoinwatchdog.deploy.demo.Demo;
import org.bitcoinwatchdog.deploy.demo.StandInNode;
import org.bitcoinwatchdog.deploy.http.HealthChecks;
import org.bitcoinwatchdog.deploy.http.HttpSettings;
import org.bitcoinwatchdog.deploy.http.MonitoringPages;
import org.bitcoinwatchdog.deploy.http.WebServer;
import org.bitcoinwatchdog.deploy.metrics.KafkaReachability;
import org.bitcoinwatchdog.deploy.metrics.ProcessMetrics;
import org.bitcoinwatchdog.deploy.resource.OpenParts;
import org.bitcoinwatchdog.events.Topics;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's flood, seen by a real Prometheus with the shipped rules, and by kcat. */
class PrometheusIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final OpenParts OPEN = new OpenParts();
    private static PrometheusServer prometheus;
    private static ProcessMetrics metrics;
    private static String bootstrapServers;
    private static boolean throughBpf;

    @BeforeAll
    static void floodANode(@TempDir Path directory) throws Exception {
        Programs.assumeInstalled("prometheus", "prometheus");
        metrics = OPEN.add(new ProcessMetrics("test"));
        HttpSettings settings = new HttpSettings("127.0.0.1:0");
        WebServer server = OPEN.add(new WebServer(settings));
        new MonitoringPages(settings, metrics.registry(), new HealthChecks()).mount(server);
        server.start();
        prometheus = OPEN.add(PrometheusServer.scraping("127.0.0.1:" + server.address().getPort(), directory));
        Demo demo = OPEN.add(new Demo(directory, StandInNode.program(), metrics,
                new DemoTeller(new PrintWriter(Writer.nullWriter()))));
        throughBpf = demo.run().throughBpf();
        bootstrapServers = demo.bootstrapServers().orElseThrow();
        OPEN.add(new KafkaReachability(Map.of("bootstrap.servers", bootstrapServers), metrics.registry())).start();
    }

    @AfterAll
    static void close() {
        OPEN.close();
    }

    @Test
    void theFloodsAlertFiresInPrometheusToo() {
        for (String alert : new String[] {"BitcoindAddressFlood", "WatchdogPages"}) {
            await(alert).atMost(SOON).until(() -> alerts("firing").contains(alert));
        }
    }

    @Test
    void nothingThatPagesFiresBesides() throws Exception {
        await().atMost(SOON).until(() -> alerts("firing").contains("WatchdogPages"));
        assertThat(alerts("firing")).isSubsetOf("BitcoindAddressFlood", "WatchdogPages", "WatchdogWarns",
                "BitcoindMisbehavingPeers", "BitcoindSlowPings");
    }

    @Test
    void everyRuleIsEvaluatedWithoutError() {
        await().atMost(SOON).untilAsserted(() -> {
            List<String> unwell = new ArrayList<>();
            for (JsonNode group : prometheus.get("/api/v1/rules").path("groups")) {
                for (JsonNode rule : group.path("rules")) {
                    if (!rule.path("health").asText().equals("ok")) {
                        unwell.add(rule.path("name").asText() + ": " + rule.path("lastError").asText());
                    }
                }
            }
            assertThat(unwell).isEmpty();
        });
    }

    @Test
    void everyPanelsQueryIsAnswered() throws Exception {
        for (Dashboards.Dashboard dashboard : Dashboards.all()) {
            for (String query : dashboard.queries()) {
                prometheus.query(query);
            }
        }
    }

    @Test
    void panelsOfTheFloodedNodeShowIt() throws Exception {
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(prometheus.query("bitcoind_up{node=\"node-0\"}")).isNotEmpty();
            assertThat(prometheus.query("sum(bitcoind_p2p_addresses_received_total)").get(0).path("value").get(1).asDouble())
                    .isGreaterThan(30_000);
            assertThat(prometheus.query("node:watchdog_detectors_score:ratio{rule=\"address-flood\"} > 1")).isNotEmpty();
        });
    }

    @Test
    void thePageTellsOfEveryMetricAndOfNoOther() {
        await().atMost(SOON).until(() -> metrics.registry().find("watchdog.detectors.score").gauge() != null);
        Exposition scrape = Exposition.parse(metrics.registry().scrape());
        MetricsPage page = MetricsPage.read();
        Set<String> exposed = new TreeSet<>();
        scrape.types().forEach((name, type) -> {
            boolean largest = name.endsWith("_max") && page.of(name).isPresent() && !page.metrics().containsKey(name);
            if (!largest) {
                exposed.add(new MetricsPage.Metric(name, type, scrape.labels().get(name), true).toString());
            }
        });
        Set<String> promised = new TreeSet<>();
        Set<String> always = new TreeSet<>();
        page.metrics().values().forEach(metric -> {
            promised.add(metric.toString());
            if (metric.always() && (throughBpf || !metric.name().startsWith("watchdog_agent_")
                    && !metric.name().startsWith("kafka_producer_"))) {
                always.add(metric.toString());
            }
        });
        assertThat(promised).as("metrics.md").containsAll(exposed);
        assertThat(exposed).as("the scrape").containsAll(always);
    }

    @Test
    void ourNamesFollowPrometheusConventions() throws Exception {
        Programs.assumeInstalled("promtool", "prometheus");
        Process promtool = new ProcessBuilder("promtool", "check", "metrics").redirectErrorStream(true).start();
        try (Writer input = promtool.outputWriter()) {
            input.write(metrics.registry().scrape());
        }
        assertThat(new String(promtool.getInputStream().readAllBytes()).lines())
                .noneMatch(complaint -> complaint.matches("(watchdog|bitcoind|kafka)_.*"));
    }

    @Test
    void kcatReadsTheTopics() throws Exception {
        Programs.assumeInstalled("kcat", "kcat");
        assertThat(kcat("-t", Topics.NODE_EVENTS, "-c", "1", "-f", "%k")).isEqualTo("node-0");
        JsonNode alert = new ObjectMapper().readTree(kcat("-t", Topics.ALERTS, "-c", "1", "-f", "%s"));
        assertThat(alert.at("/labels/alertname").asText()).isEqualTo("AddressFlood");
    }

    private static List<String> alerts(String state) throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        prometheus.get("/api/v1/alerts").path("alerts").forEach(alert -> {
            if (alert.path("state").asText().equals(state)) {
                names.add(alert.at("/labels/alertname").asText());
            }
        });
        return names;
    }

    private static String kcat(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kcat", "-b", bootstrapServers, "-C", "-q", "-e", "-o", "beginning"));
        command.addAll(List.of(arguments));
        Process kcat = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(kcat.getInputStream().readAllBytes());
        assertThat(kcat.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return output;
    }
}
