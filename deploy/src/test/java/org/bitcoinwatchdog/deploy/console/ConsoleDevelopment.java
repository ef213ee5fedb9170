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
import org.bitcoinwatchdog.deploy.console.silence.SilencesInMemory;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.OfflineDetection;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Recordings;

/** The console on recordings, with neither Kafka nor nodes, for working on the page: the argument is the port. */
public final class ConsoleDevelopment {
    private static final Duration HISTORY = Duration.ofMinutes(11);

    private final Fleet fleet = new Fleet(Clock.systemUTC());
    private final AlertBook alerts = new AlertBook();
    private final OfflineDetection detection = new OfflineDetection(DetectorSettings.defaults(), this::alert, this::digest);
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
        earlierAlerts();
        while (true) {
            Pending next = pending.poll();
            long aheadMs = next.event.getObservedAtNs() / 1_000_000 - clock.millis();
            if (aheadMs > 0) {
                Thread.sleep(aheadMs);
            }
            fleet.fold(next.event);
            detection.on(next.event);
            pending.add(new Pending(next.traffic, next.traffic.next()));
        }
    }

    private void digest(NodeDigest digest) {
        fleet.fold(digest, Instant.now());
    }

    private void alert(Alert alert) {
        alerts.fold(alert);
    }

    /** What ended before the recordings begin. */
    private void earlierAlerts() {
        Instant now = Instant.now();
        alert(SampleAlerts.resolved(SampleAlerts.lag("fra-2", "warn", now.minusSeconds(3_000)), Duration.ofMinutes(7)));
        alert(SampleAlerts.resolved(SampleAlerts.flood("fra-1", now.minusSeconds(9_000)), Duration.ofMinutes(18)));
        alert(SampleAlerts.resolved(SampleAlerts.concentration("nyc-0", now.minusSeconds(2_400)), Duration.ofMinutes(12)));
    }
}
