package org.bitcoinwatchdog.deploy.bench.agent;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Bursts and steady loads, from the probe through kernel and agent to Kafka's acknowledgement. Accounts for each call. */
final class LoadBench implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long POLL_MS = 20;
    /** NodeStarted and NodeStopped, and the heartbeat between them. */
    private static final int OWN_EVENTS = 3;

    private final BenchSite site;
    private final EventBooks books;
    private final PrintWriter out;

    LoadBench(Path player, PrintWriter out) throws IOException {
        this.site = new BenchSite(player);
        this.books = new EventBooks(site.kafka());
        this.out = out;
    }

    /** Fires mainnet's mix at that rate. Whether nothing was lost. */
    boolean run(String name, double rate, double seconds) throws IOException, InterruptedException {
        long before = books.end();
        ProcessFigures agent = site.agentsFigures();
        ProcessFigures broker = site.brokersFigures();
        long pid;
        long fired;
        long began;
        try (StandInProcess node = site.fire(rate, seconds)) {
            pid = node.pid();
            fired = node.await((long) seconds + PATIENCE.toSeconds());
            began = System.nanoTime();
        }
        awaitKafka(before + fired + OWN_EVENTS);
        double acknowledgedS = (System.nanoTime() - began) / 1e9;
        ProcessFigures agentAfter = site.agentsFigures();
        ProcessFigures brokerAfter = site.brokersFigures();
        books.readToEnd();
        EpochBook book = books.books().stream().filter(each -> each.pid() == pid).findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing arrived in Kafka"));
        boolean complete = book.calls() == fired && book.fired() == fired && book.missing() + book.outOfOrder() == 0;
        out.printf(Locale.ROOT, "%-8s %,d calls in %.2f s, %,.0f a second%n", name, fired, book.callsLasted().toNanos() / 1e9,
                fired * 1e9 / book.callsLasted().toNanos());
        out.printf(Locale.ROOT, "         fired %,d = captured %,d + dropped %,d; undecodable %,d; lost %,d; in Kafka %,d, missing %,d, out of order %,d: %s%n",
                book.fired(), book.captured(), book.dropped(), book.undecodable(), book.heartbeat().getLost(), book.calls(),
                book.missing(), book.outOfOrder(), complete ? "nothing lost" : "NOT COMPLETE");
        out.printf(Locale.ROOT, "         the last acknowledged %.2f s after the last call; CPU of the agent %.2f us, of the broker %.2f us an event; agent %.0f MB resident%n",
                acknowledgedS, perEventUs(agent, agentAfter, fired), perEventUs(broker, brokerAfter, fired),
                agentAfter.residentBytes() / 1e6);
        out.flush();
        return complete;
    }

    @Override
    public void close() {
        books.close();
        site.close();
    }

    /** Waits until so many events are there. If no more come for a while, some were lost. */
    private void awaitKafka(long events) throws InterruptedException {
        long seen = -1;
        long since = System.nanoTime();
        while (seen < events && System.nanoTime() - since < PATIENCE.toNanos()) {
            Thread.sleep(POLL_MS);
            long now = books.end();
            if (now > seen) {
                seen = now;
                since = System.nanoTime();
            }
        }
    }

    private static double perEventUs(ProcessFigures from, ProcessFigures to, long events) {
        return to.cpu().minus(from.cpu()).toNanos() / 1e3 / events;
    }
}
