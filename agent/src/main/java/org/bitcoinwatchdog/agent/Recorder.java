package org.bitcoinwatchdog.agent;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.bitcoinwatchdog.agent.discovery.BitcoindProcesses;
import org.bitcoinwatchdog.agent.discovery.Node;
import org.bitcoinwatchdog.agent.discovery.NodeRegister;
import org.bitcoinwatchdog.agent.discovery.Nodes;
import org.bitcoinwatchdog.agent.kernel.KernelException;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.events.RecordingWriter;

/** Records the calls of this host's nodes without Kafka, including nodes that start meanwhile. */
public final class Recorder {
    private static final long LOOK_EVERY_NS = TimeUnit.MILLISECONDS.toNanos(400);

    private final AgentSettings settings;
    private final Nodes nodes;
    private final Set<String> chosen;
    private final RecordingWriter writer;
    private final Consumer<String> progress;
    private final Map<String, Account> recorded = new HashMap<>();
    /** Processes that could not be traced. Each is reported once. */
    private final Set<Integer> refused = new HashSet<>();

    /**
     * The account of a node's calls over all of its processes: fired = written + dropped + malformed.
     *
     * @param dropped   the kernel's ring buffer was full
     * @param malformed captured, but corrupt
     */
    public record Account(String node, long fired, long written, long dropped, long malformed) {
        private Account plus(Account more) {
            return new Account(node, fired + more.fired, written + more.written, dropped + more.dropped,
                    malformed + more.malformed);
        }
    }

    /**
     * @param chosen   the names of the nodes to record; empty: all
     * @param writer   stays open
     * @param progress gets a sentence for each node that begins, ends, or can't be traced
     */
    public Recorder(AgentSettings settings, Set<String> chosen, RecordingWriter writer, Consumer<String> progress) {
        this.settings = settings;
        this.nodes = new Nodes(new BitcoindProcesses(), settings.nodes(), Agent.hostName(), NodeRegister.inMemory());
        this.chosen = Set.copyOf(chosen);
        this.writer = writer;
        this.progress = progress;
    }

    /**
     * Records while {@code goOn} is true, then detaches and writes the rest.
     *
     * @return one account for each node
     * @throws IOException     if the recording can't be written
     * @throws KernelException if this process may not trace
     */
    public List<Account> run(BooleanSupplier goOn) throws IOException {
        Tracing.check();
        List<TracedRecording> running = new ArrayList<>();
        try {
            for (long look = System.nanoTime(); goOn.getAsBoolean(); LockSupport.parkNanos(settings.drainInterval().toNanos())) {
                if (System.nanoTime() - look >= 0) {
                    follow(running);
                    writer.flush(); // a killed recorder leaves a readable recording
                    look = System.nanoTime() + LOOK_EVERY_NS;
                }
                for (TracedRecording each : running) {
                    each.drain();
                }
            }
            while (!running.isEmpty()) {
                end(running.remove(0));
            }
        } finally {
            running.forEach(TracedRecording::close);
        }
        return List.copyOf(recorded.values());
    }

    private void follow(List<TracedRecording> running) throws IOException {
        List<Node> now = nodes.running();
        for (TracedRecording each : List.copyOf(running)) {
            if (now.stream().noneMatch(each::isOf)) {
                running.remove(each);
                end(each);
            }
        }
        for (Node node : now) {
            boolean wanted = chosen.isEmpty() || chosen.contains(node.name());
            if (wanted && running.stream().noneMatch(each -> each.isOf(node)) && !refused.contains(node.process().pid())) {
                begin(node, running);
            }
        }
    }

    private void begin(Node node, List<TracedRecording> running) throws IOException {
        try {
            running.add(new TracedRecording(node, settings, writer));
            progress.accept("recording " + node.name() + " (" + node.network() + ", process " + node.process().pid() + ")");
        } catch (KernelException e) {
            refused.add(node.process().pid());
            progress.accept(node.name() + " (process " + node.process().pid() + ") can't be traced: " + e.getMessage());
        }
    }

    private void end(TracedRecording recording) throws IOException {
        try (recording) {
            recording.detach();
            recorded.merge(recording.node().name(), recording.account(), Account::plus);
        }
    }
}
