package org.bitcoinwatchdog.deploy.console;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.Executors;
import org.bitcoinwatchdog.deploy.config.HttpSettings;
import org.bitcoinwatchdog.deploy.console.http.ConsolePages;
import org.bitcoinwatchdog.deploy.console.http.Views;
import org.bitcoinwatchdog.deploy.console.model.AlertBook;
import org.bitcoinwatchdog.deploy.console.model.Fleet;
import org.bitcoinwatchdog.deploy.console.model.NodeRow;
import org.bitcoinwatchdog.deploy.console.silence.SilencesInMemory;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Recordings;
import org.bitcoinwatchdog.events.Score;

/** The console on recordings, with neither Kafka nor nodes, for working on the page: the argument is the port. */
public final class ConsoleDevelopment {
    private static final Duration HISTORY = Duration.ofMinutes(11);

    private final Fleet fleet = new Fleet(Clock.systemUTC());
    private final AlertBook alerts = new AlertBook();
    private final PriorityQueue<Pending> pending = new PriorityQueue<>(Comparator.comparingLong(next -> next.event.getObservedAtNs()));

    private record Pending(RecordedTraffic traffic, NodeEvent event) {
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        new ConsoleDevelopment().run(Integer.parseInt(args[0]));
    }

    private void run(int port) throws IOException, InterruptedException {
        Clock clock = Clock.systemUTC();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 16);
        server.setExecutor(Executors.newFixedThreadPool(2));
        new ConsolePages(HttpSettings.defaults(), new Views(fleet, alerts, new SilencesInMemory(clock), clock)).mount(server);
        server.start();
        long begin = Instant.now().minus(HISTORY).toEpochMilli() * 1_000_000;
        for (String[] source : List.of(new String[] {Recordings.FLEET_NORMAL, "fra-", "main"}, new String[] {Recordings.ADDRESS_FLOOD, "sgp-", "signet"},
                new String[] {Recordings.ECLIPSE, "nyc-", "testnet4"})) {
            RecordedTraffic traffic = new RecordedTraffic(source[0], source[1], source[2], begin);
            pending.add(new Pending(traffic, traffic.next()));
        }
        sampleAlerts();
        long nextDigests = begin;
        while (true) {
            Pending next = pending.poll();
            long aheadMs = next.event.getObservedAtNs() / 1_000_000 - clock.millis();
            if (aheadMs > 0) {
                Thread.sleep(aheadMs);
            }
            fleet.fold(next.event);
            pending.add(new Pending(next.traffic, next.traffic.next()));
            if (next.event.getObservedAtNs() > nextDigests) {
                nextDigests = next.event.getObservedAtNs() + 5_000_000_000L;
                digests(next.event.getObservedAtNs());
            }
        }
    }

    private void digests(long atNs) {
        for (NodeRow row : fleet.view().nodes()) {
            double phase = atNs / 1e9 / 70 + row.name().hashCode() % 7;
            double wave = Math.max(0, Math.sin(phase));
            fleet.node(row.name(), Instant.now()).ifPresent(node -> fleet.fold(NodeDigest.newBuilder()
                    .setNode(row.name()).setNetwork(row.network()).setAtNs(atNs)
                    .setInboundPeers((int) node.peers().peers().stream().filter(peer -> peer.inbound()).count())
                    .setOutboundPeers((int) node.peers().peers().stream().filter(peer -> !peer.inbound()).count())
                    .addScores(score("fleet-lag", 14 + 30 * wave, 60, "seconds"))
                    .addScores(score("no-block", 600 * (1 + Math.sin(phase / 3)), 6_540, "seconds"))
                    .addScores(score("inbound-concentration", 0.12 + 0.14 * wave, 0.30, "ratio"))
                    .addScores(score("outbound-concentration", 1, 2, "peers"))
                    .addScores(score("address-flood", row.name().startsWith("sgp") ? 7_000 * wave : 12 * wave, 5_000, "entries"))
                    .build(), Instant.now()));
        }
    }

    private static Score score(String rule, double value, double threshold, String unit) {
        return Score.newBuilder().setRule(rule).setValue(value).setThreshold(threshold).setUnit(unit).build();
    }

    private void sampleAlerts() {
        Instant now = Instant.now();
        alerts.fold(SampleAlerts.flood("sgp-0", now.minusSeconds(260)));
        alerts.fold(SampleAlerts.lag("nyc-0", "warn", now.minusSeconds(1_200)));
        alerts.fold(SampleAlerts.concentration("nyc-0", now.minusSeconds(1_500)));
        var escalated = SampleAlerts.lag("nyc-0", "page", now.minusSeconds(1_200));
        alerts.fold(new org.bitcoinwatchdog.events.Alert(escalated.status(), escalated.labels(), escalated.annotations(), escalated.startsAt(),
                now.minusSeconds(700), null, null, escalated.evidence()));
        alerts.fold(SampleAlerts.resolved(SampleAlerts.lag("fra-2", "warn", now.minusSeconds(3_000)), Duration.ofMinutes(7)));
        alerts.fold(SampleAlerts.resolved(SampleAlerts.flood("fra-1", now.minusSeconds(9_000)), Duration.ofMinutes(18)));
    }
}
