package org.bitcoinwatchdog.deploy.bench.agent;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.bitcoinwatchdog.deploy.bench.figures.Figures.Figure;
import org.bitcoinwatchdog.deploy.bench.figures.Figures;

/** Bursts and steady loads, from the probe through kernel and agent to Kafka's acknowledgement. Accounts for each call. */
final class LoadBench implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long POLL_MS = 20;
    /** NodeStarted and NodeStopped, and the heartbeat between them. */
    private static final int OWN_EVENTS = 3;
    private static final double MOST_US = 3;

    private final BenchSite site;
    private final EventBooks books;
    private final Figures figures;

    LoadBench(Path player, Figures figures) throws IOException {
        this.site = new BenchSite(player);
        this.books = new EventBooks(site.kafka());
        this.figures = figures;
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
        figures.note("%s: %,d calls in %.2f s, %,.0f a second", name, fired, book.callsLasted().toNanos() / 1e9,
                fired * 1e9 / book.callsLasted().toNanos());
        figures.note("  fired %,d = captured %,d + dropped %,d; undecodable %,d; lost %,d; in Kafka %,d, missing %,d, out of order %,d: %s",
                book.fired(), book.captured(), book.dropped(), book.undecodable(), book.heartbeat().getLost(), book.calls(),
                book.missing(), book.outOfOrder(), complete ? "nothing lost" : "NOT COMPLETE");
        figures.add(Figure.of(name + ": calls that are in Kafka", 100.0 * book.calls() / fired, "%").aimAtLeast(100));
        figures.add(Figure.of(name + ": the last acknowledged after its call", acknowledgedS, "s"));
        Figure agentsCpu = Figure.of(name + ": CPU of the agent for an event", perEventUs(agent, agentAfter, fired), "us");
        figures.add(rate == AgentBench.STEADY ? agentsCpu.aimAtMost(MOST_US) : agentsCpu);
        figures.add(Figure.of(name + ": CPU of the broker for an event", perEventUs(broker, brokerAfter, fired), "us"));
        figures.add(Figure.of(name + ": resident memory of the agent", agentAfter.residentBytes() / 1e6, "MB"));
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
