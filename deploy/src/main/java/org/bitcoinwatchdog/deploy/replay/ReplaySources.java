package org.bitcoinwatchdog.deploy.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bitcoinwatchdog.agent.recording.RecordedEvents;
import org.bitcoinwatchdog.events.BlockArrivals;
import org.bitcoinwatchdog.events.Network;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.RecordedCall;
import org.bitcoinwatchdog.events.RecordingReader.BrokenLine;
import org.bitcoinwatchdog.events.RecordingReader;
import org.bitcoinwatchdog.events.Recordings;

/** The events of recordings and of files of block arrivals, in order of time. Calls go through the decoder. Lazy; for one thread. */
public final class ReplaySources implements Iterator<NodeEvent>, AutoCloseable {
    private final List<RecordingReader> readers = new ArrayList<>();
    private final MergedByTime<RecordedCall> calls;
    private final RecordedEvents recorded;
    private final Iterator<NodeEvent> events;
    private long blocks;
    private long broken;

    /**
     * The networks of the nodes, which the files do not name.
     *
     * @param recordings of recorded calls
     * @param arrivals   of block arrivals
     */
    public record Networks(Network recordings, Network arrivals) {
        /** Functional tests and the main network. */
        public static final Networks USUAL = new Networks(Network.REGTEST, Network.MAIN);
    }

    /**
     * @param problems gets a sentence for each skipped line or call, which names the file
     * @throws IOException if a file can't be read; the message names it
     */
    public ReplaySources(List<RecordingSource> sources, Networks networks, Consumer<String> problems) throws IOException {
        List<BlockArrivals> arrivals = new ArrayList<>();
        try {
            for (RecordingSource source : sources) {
                if (BlockArrivals.isNamedLike(source.name())) {
                    BlockArrivals.ArrivalsFile file = BlockArrivals.read(Path.of(source.name()), networks.arrivals(), problems);
                    blocks += file.lines();
                    broken += file.broken();
                    arrivals.addAll(file.nodes());
                } else {
                    readers.add(source.open(line -> problems.accept(source.name() + ": " + line)));
                }
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        calls = new MergedByTime<>(readers, RecordedCall::timeNs);
        recorded = new RecordedEvents(calls, networks.recordings().name(), skipped -> problems.accept(
                skipped.call().tracepoint() + " at " + skipped.call().timeNs() + ": " + skipped.reason()));
        List<Iterator<NodeEvent>> all = new ArrayList<>(List.of(recorded));
        Map<Integer, Long> firstConnectsNs = firstConnectsNs(arrivals);
        arrivals.forEach(node -> all.add(new ArrivalEvents(node, networks.arrivals().name(), firstConnectsNs)));
        events = all.size() == 1 ? recorded : new MergedByTime<>(all, NodeEvent::getObservedAtNs);
    }

    private static Map<Integer, Long> firstConnectsNs(List<BlockArrivals> fleet) {
        Map<Integer, Long> first = new HashMap<>();
        fleet.forEach(node -> node.connected().forEach(block -> first.merge(block.height(), block.atNs(), Math::min)));
        return first;
    }

    @Override
    public boolean hasNext() {
        return events.hasNext();
    }

    @Override
    public NodeEvent next() {
        return events.next();
    }

    /** Recorded calls and block arrivals that were read. */
    public long calls() {
        return calls.count() + blocks;
    }

    /** Lines and calls that were skipped. */
    public long skipped() {
        return broken + recorded.skipped() + readers.stream().mapToLong(RecordingReader::broken).sum();
    }

    @Override
    public void close() throws IOException {
        for (RecordingReader reader : readers) {
            reader.close();
        }
    }

    /**
     * A recording as the user names it.
     *
     * @param name a file, or else the name of a recording that comes with the watchdog
     */
    public record RecordingSource(String name) {
        /** @throws IOException where neither is there, or the file can't be read; the message names it */
        public RecordingReader open(Consumer<BrokenLine> brokenLines) throws IOException {
            Path file = Path.of(name);
            return Files.exists(file) ? RecordingReader.open(file, brokenLines) : Recordings.open(name, brokenLines);
        }
    }
}
