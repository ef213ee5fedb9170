package org.bitcoinwatchdog.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.bitcoinwatchdog.agent.discovery.Node;
import org.bitcoinwatchdog.agent.kernel.BootClock;
import org.bitcoinwatchdog.agent.kernel.KernelCounters.TracepointCount;
import org.bitcoinwatchdog.agent.kernel.TracepointState;
import org.bitcoinwatchdog.agent.kernel.Tracing;
import org.bitcoinwatchdog.agent.recording.CallFormatter;
import org.bitcoinwatchdog.events.RecordedCall;
import org.bitcoinwatchdog.events.RecordingWriter;

/** Records one process. Not thread-safe. */
final class TracedRecording implements AutoCloseable {
    private final Node node;
    private final RecordingWriter writer;
    private final BootClock clock = new BootClock();
    private final CallFormatter formatter = new CallFormatter();
    private final Tracing tracing;
    private long written;
    private long malformed;

    TracedRecording(Node node, AgentSettings settings, RecordingWriter writer) throws IOException {
        this.node = node;
        this.writer = writer;
        this.tracing = Tracing.attach(node.process().pid(), node.process().openedExecutable(),
                settings.tracepoints().chosen(), settings.ringBufferBytes());
    }

    Node node() {
        return node;
    }

    boolean isOf(Node other) {
        return node.process().isSameProcess(other.process());
    }

    void drain() throws IOException {
        clock.follow();
        try {
            tracing.records().drain(this::write);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Ends capturing, and writes everything captured so far. */
    void detach() throws IOException {
        drain();
        tracing.detach(() -> { });
        drain();
    }

    Recorder.Account account() {
        long fired = 0;
        long dropped = 0;
        for (TracepointState state : tracing.states()) {
            if (state.attached()) {
                TracepointCount count = tracing.count(state.tracepoint());
                fired += count.fired();
                dropped += count.dropped();
            }
        }
        return new Recorder.Account(node.name(), fired, written, dropped, malformed);
    }

    @Override
    public void close() {
        tracing.close();
    }

    private void write(ByteBuffer records, int offset, int length) {
        Optional<RecordedCall> call = formatter.format(records, offset, length, clock.bootTimeNs(), node.name());
        if (call.isEmpty()) {
            malformed++;
            return;
        }
        try {
            writer.write(call.get());
            written++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
