package org.bitcoinwatchdog.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bitcoinwatchdog.deploy.bench.agent.StandInProcess;
import org.bitcoinwatchdog.deploy.bench.figures.Figures;
import org.bitcoinwatchdog.deploy.bench.figures.Figures.Figure;

/**
 * The time from the call of a tracepoint to the webhook: a stand-in plays address messages, each of which fires AddressFlood. The
 * alert's start is the time of the call that fired it.
 */
final class AlertDelay implements AutoCloseable {
    private static final String NODE = "delay";
    /** No multiple of any interval of the watchdog, so that the floods meet every phase of its timers. */
    private static final Duration EVERY = Duration.ofMillis(2_370);
    private static final int ENTRIES = 10;
    /** An entry of an addr message: time, services, 203.0.113.9, port 8333. */
    private static final String ENTRY = "8086686a" + "0904000000000000" + "00000000000000000000ffffcb007109" + "208d";
    private static final double P50_AIM_MS = 250;
    private static final double P99_AIM_MS = 1_000;
    private static final long BEGIN_NS = 1_780_000_000_000_000_000L;

    private record TimedDelivery(long startedAtMs, long arrivedAtMs) {
    }

    private final Path folder;
    private final List<TimedDelivery> arrivals = new CopyOnWriteArrayList<>();
    private final AlertReceiver receiver;

    AlertDelay(Path directory) throws IOException {
        folder = directory.resolve(NODE);
        receiver = new AlertReceiver((fingerprint, firing, startsAt, nanoTime) -> {
            if (firing) {
                arrivals.add(new TimedDelivery(Instant.parse(startsAt).toEpochMilli(),
                        System.currentTimeMillis() - (System.nanoTime() - nanoTime) / 1_000_000));
            }
        });
    }

    /** Everything but state-dir and http: the nodes, the stand-in of this measurement, and the webhook. */
    String configuration(List<Path> executables) {
        StringBuilder nodes = new StringBuilder();
        for (int number = 0; number < executables.size(); number++) {
            nodes.append(String.format(Locale.ROOT, "    - {name: node-%d, network: main, bitcoind: %s}%n", number, executables.get(number)));
        }
        return """
                agent:
                  nodes:
                %s    - {name: %s, network: regtest, bitcoind: %s}
                detectors:
                  address-flooding: {address-flood: {window: 1s, peer-entries: 3}}
                alerts:
                  flap-hold: 0s
                  sinks: [{name: bench, type: webhook, url: "%s", allow-private: true}]
                  routes: [{match: {alertname: AddressFlood, node: %s}, sinks: [bench], group-by: [node], group-wait: 0s, group-interval: 0s}]
                """.formatted(nodes, NODE, folder.resolve("bitcoind"), receiver.url(), NODE);
    }

    Duration lasts(int floods) {
        return EVERY.multipliedBy(floods);
    }

    void measure(Path player, int floods, Figures figures) throws IOException, InterruptedException {
        Path recording = recording(floods);
        Path executable = StandInProcess.install(player, folder);
        try (StandInProcess node = StandInProcess.start(executable, List.of(recording.toString(), "--linger", "3"))) {
            node.await(lasts(floods).toSeconds() + 90);
        }
        long[] delays = arrivals.stream().mapToLong(arrival -> arrival.arrivedAtMs() - arrival.startedAtMs()).sorted().toArray();
        if (delays.length == 0) {
            throw new IllegalStateException("no address flood was notified of");
        }
        figures.note("%d address floods, %d notifications, delays in ms: %s", floods, delays.length, Arrays.toString(delays));
        figures.add(Figure.of("tracepoint to webhook, p50", delays[delays.length / 2], "ms").aimAtMost(P50_AIM_MS));
        figures.add(Figure.of("tracepoint to webhook, p99", delays[(int) Math.ceil(0.99 * delays.length) - 1], "ms").aimAtMost(P99_AIM_MS));
        figures.add(Figure.of("floods notified of", 100.0 * delays.length / floods, "%").aimAtLeast(100));
    }

    private Path recording(int floods) throws IOException {
        StringBuilder calls = new StringBuilder();
        line(calls, BEGIN_NS, "net:inbound_connection", "7,\"203.0.113.7:8333\",\"inbound\",1,1");
        for (int flood = 1; flood <= floods; flood++) {
            line(calls, BEGIN_NS + flood * EVERY.toNanos(), "net:inbound_message", String.format(Locale.ROOT,
                    "7,\"203.0.113.7:8333\",\"inbound\",\"addr\",%d,\"%02x%s\"", 1 + ENTRIES * ENTRY.length() / 2, ENTRIES, ENTRY.repeat(ENTRIES)));
        }
        return Files.writeString(folder.resolveSibling("floods.jsonl"), calls);
    }

    private static void line(StringBuilder calls, long timeNs, String tracepoint, String arguments) {
        calls.append(String.format(Locale.ROOT, "{\"time_ns\":%d,\"node\":\"%s\",\"tracepoint\":\"%s\",\"args\":[%s]}%n",
                timeNs, NODE, tracepoint, arguments));
    }

    @Override
    public void close() {
        receiver.close();
    }
}
