package org.bitcoinwatchdog.deploy.command;

import java.io.BufferedWriter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.kafka.common.KafkaException;
import org.bitcoinwatchdog.deploy.config.DurationText;
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
    private Optional<String> length;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        // Not written out line by line: it is flushed when all that has come is shown.
        PrintWriter out = new PrintWriter(new BufferedWriter(spec.commandLine().getOut(), 1 << 16));
        PrintWriter err = spec.commandLine().getErr();
        long lengthNs = length().toNanos();
        Termination termination = Termination.onSignals();
        try (KafkaConnection kafka = RunningParts.runningKafka(config.read());
                Tail tail = new Tail(kafka.clientProperties(), new EventFilter(nodes, types, peers), json, out::println, err::println)) {
            long began = System.nanoTime();
            tail.run(() -> {
                out.flush();
                // True once a reader such as head has ended. The writers around the stream don't report it.
                return !System.out.checkError() && !termination.requested().isDone() && System.nanoTime() - began < lengthNs;
            });
            if (tail.missing() > 0) {
                err.println(tail.missing() + " events are missing in what was shown");
            }
            return WatchdogCommand.DONE;
        } catch (KafkaException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private Duration length() {
        try {
            return length.map(DurationText::parse).orElse(Duration.ofDays(36_500));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--for: " + e.getMessage(), e);
        }
    }
}
