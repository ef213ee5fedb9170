package org.bitcoinwatchdog.agent;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.agent.discovery.BitcoindProcess;
import org.bitcoinwatchdog.agent.discovery.Node;
import org.bitcoinwatchdog.agent.discovery.ProcessPath;
import org.bitcoinwatchdog.agent.metrics.NodeMetrics;
import org.bitcoinwatchdog.agent.publish.EventSink;
import org.bitcoinwatchdog.agent.record.RecordDecoder;
import org.bitcoinwatchdog.agent.record.RecordOutcome.Decoded;
import org.bitcoinwatchdog.agent.recording.SampleRecords;

/**
 * Makes the JVM load and compile the code that handles a record, before the agent attaches to a node. A flood may be
 * why the agent was started, and interpreted code is many times slower. Made-up records take the path of real ones,
 * into meters of their own and a queue that is emptied.
 */
final class Rehearsal {
    /** HotSpot's first compiler compiles a method at its 200th call (Tier3InvocationThreshold), or soon after. */
    private static final int ROUNDS = 600;
    private static final String NETWORK = "main";

    private Rehearsal() {
    }

    /** @return the number of events that were made and thrown away */
    static long run(EventSink rehearsing) {
        Node node = new Node("rehearsal", NETWORK,
                new BitcoindProcess(0, 0, Instant.EPOCH, ProcessPath.ofText("bitcoind"), ProcessPath.ofText("."), NETWORK,
                        Optional.empty(), Optional.empty()));
        NodeStream stream = new NodeStream(node.name(), node.network(), 0, rehearsing,
                new NodeMetrics(new SimpleMeterRegistry()).of(node.name(), NETWORK)::on);
        RecordDecoder decoder = new RecordDecoder(NETWORK);
        List<ByteBuffer> records = SampleRecords.all();
        long events = 0;
        for (int round = 0; round < ROUNDS; round++) {
            for (ByteBuffer record : records) {
                if (decoder.decode(record, 0, record.limit(), 0) instanceof Decoded decoded) {
                    stream.stamp(decoded.event());
                    events++;
                }
            }
        }
        return events;
    }
}
