package org.bitcoinwatchdog.deploy.command;

import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.KafkaException;
import org.bitcoinwatchdog.deploy.run.KafkaConnection;
import org.bitcoinwatchdog.deploy.run.Termination;
import org.bitcoinwatchdog.deploy.tail.EventFilter;
import org.bitcoinwatchdog.deploy.tail.Tail;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "tail", mixinStandardHelpOptions = true,
        description = "Prints the nodes' events as they arrive in Kafka. Reports lost events on standard error.")
final class TailCommand implements Callable<Integer> {
    @Option(names = "--node", paramLabel = "NAME", description = "Prints only this node. Repeat it, like --type and --peer, for several values.")
    private Set<String> nodes = Set.of();

    @Option(names = "--type", paramLabel = "TYPE", description = "Prints only this message type (inv, addrv2) or tracepoint "
            + "(net:inbound_connection, validation:block_connected). Heartbeats need --type heartbeat.")
    private Set<String> types = Set.of();

    @Option(names = "--peer", paramLabel = "PEER", description = "Prints only events about this peer: its id, or its address with or without port.")
    private Set<String> peers = Set.of();

    @Option(names = "--json", description = "Prints one JSON object a line.")
    private boolean json;

    @Option(names = "--for", paramLabel = "DURATION", description = "How long to run: 30s, 10m. Default: until Control-C.")
    private Optional<Duration> length;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        types.forEach(type -> EventFilter.problemOfType(type).ifPresent(problem -> {
            throw new ParameterException(spec.commandLine(), "--type: " + problem);
        }));
        // It is not flushed with each line, but when all records that have arrived are printed.
        PrintWriter out = new PrintWriter(new BufferedWriter(spec.commandLine().getOut(), 1 << 16));
        PrintWriter err = spec.commandLine().getErr();
        AtomicLong printed = new AtomicLong();
        long lengthNs = length.map(Duration::toNanos).orElse(Long.MAX_VALUE);
        Termination termination = Termination.onSignals();
        try (KafkaConnection kafka = config.connect(config.read());
                Tail tail = new Tail(kafka.clientProperties(), new EventFilter(nodes, types, peers), json, line -> {
                    out.println(line);
                    printed.incrementAndGet();
                }, err::println)) {
            long began = System.nanoTime();
            tail.run(() -> {
                out.flush();
                // True once a reader such as head has ended. The writers around the stream don't report it.
                return !System.out.checkError() && !termination.requested().isDone() && System.nanoTime() - began < lengthNs;
            });
            if (printed.get() == 0) {
                err.println("no matching event arrived. watchdog status shows which nodes are watched");
            }
            if (tail.missing() > 0) {
                err.println(tail.missing() + " events are missing in this output");
            }
            return WatchdogCommand.DONE;
        } catch (KafkaException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

}
