package org.bitcoinwatchdog.agent;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.bitcoinwatchdog.agent.discovery.NodeSettings;
import org.bitcoinwatchdog.agent.witness.WitnessSettings;

/**
 * What the agent traces, and how much memory and disk it may use.
 *
 * @param nodes             the nodes to trace; empty: every bitcoind process of this host
 * @param witnesses         views of the best chain from outside, to compare the nodes with; empty: none is followed
 * @param tracepoints       which tracepoints are attached
 * @param ringBufferBytes   size of the kernel's ring buffer, one for each bitcoind process: a power of two, at least
 *                          one page. The kernel reserves this memory while the process is traced. The default holds the
 *                          worst burst even if the agent does not read meanwhile: 500 addrv2 messages of 1,000 onion
 *                          addresses take 65,712 bytes each, 31.3 MiB together; a block that removes 5,000 transactions
 *                          from the mempool takes 0.5 MiB, and fifty blocks served at once 0.2 MiB (BurstsIT)
 * @param drainInterval     how often the ring buffer is emptied
 * @param heartbeatInterval how often a node's counters are published
 * @param memoryBytes       how many bytes of events may wait in memory for Kafka's acknowledgement, all nodes together
 * @param spoolBytes        how many bytes of events may wait on disk while Kafka is away; 0: none
 */
public record AgentSettings(
        List<NodeSettings> nodes,
        List<WitnessSettings> witnesses,
        TracepointSettings tracepoints,
        int ringBufferBytes,
        Duration drainInterval,
        Duration heartbeatInterval,
        long memoryBytes,
        long spoolBytes) {
    /** The largest record is a little over 64 KiB, and a ring buffer that holds only a few of them loses bursts. */
    private static final int SMALLEST_RING_BUFFER = 1 << 18;
    private static final int LARGEST_RING_BUFFER = 1 << 29;
    private static final long SMALLEST_MEMORY = 1L << 20;

    public AgentSettings {
        nodes = List.copyOf(nodes);
        witnesses = List.copyOf(witnesses);
        if (ringBufferBytes < SMALLEST_RING_BUFFER || ringBufferBytes > LARGEST_RING_BUFFER
                || Integer.bitCount(ringBufferBytes) != 1) {
            throw new IllegalArgumentException("ring-buffer-bytes must be a power of two from " + SMALLEST_RING_BUFFER
                    + " to " + LARGEST_RING_BUFFER + ", not " + ringBufferBytes);
        }
        between("drain-interval", drainInterval, Duration.ofMillis(1), Duration.ofMillis(200));
        between("heartbeat-interval", heartbeatInterval, Duration.ofMillis(100), Duration.ofMinutes(1));
        if (memoryBytes < SMALLEST_MEMORY) {
            throw new IllegalArgumentException("memory-bytes must be at least " + SMALLEST_MEMORY + ", not " + memoryBytes);
        }
        if (spoolBytes < 0) {
            throw new IllegalArgumentException("spool-bytes must be 0 or more, not " + spoolBytes);
        }
        Set<String> names = new HashSet<>();
        Stream.concat(nodes.stream().flatMap(node -> node.name().stream()), witnesses.stream().map(WitnessSettings::name))
                .filter(name -> !names.add(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new IllegalArgumentException("the name " + name + " is given twice: each node and witness needs its own");
                });
    }

    /** Every bitcoind of this host, the default tracepoints, 64 MiB of ring buffer, 48 MiB of memory, 1 GiB of disk. */
    public static AgentSettings defaults() {
        return new AgentSettings(List.of(), List.of(), TracepointSettings.defaults(), 1 << 26, Duration.ofMillis(200),
                Duration.ofSeconds(1), 48L << 20, 1L << 30);
    }

    public AgentSettings withNodes(NodeSettings... chosen) {
        return new AgentSettings(List.of(chosen), witnesses, tracepoints, ringBufferBytes, drainInterval, heartbeatInterval,
                memoryBytes, spoolBytes);
    }

    private static void between(String key, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(
                    key + " must be from " + least.toMillis() + "ms to " + most.toMillis() + "ms, not " + value.toMillis() + "ms");
        }
    }
}
