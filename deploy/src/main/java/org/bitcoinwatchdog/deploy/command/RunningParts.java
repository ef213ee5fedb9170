package org.bitcoinwatchdog.deploy.command;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.deploy.run.KafkaConnection;
import org.bitcoinwatchdog.deploy.run.Parts;
import org.bitcoinwatchdog.deploy.run.ShutdownDeadline;
import org.bitcoinwatchdog.deploy.run.Termination;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs parts until the process is asked to end; what {@code up}, {@code agent}, {@code detect} and {@code alert} have in common. */
final class RunningParts {
    private static final Logger LOG = LoggerFactory.getLogger(RunningParts.class);

    private RunningParts() {
    }

    static int run(WatchdogConfiguration configuration, Function<WatchdogConfiguration, KafkaConnection> connect,
            Consumer<Parts> start) {
        Termination termination = Termination.onSignals();
        KafkaConnection kafka = connect.apply(configuration);
        try (ShutdownDeadline deadline = new ShutdownDeadline(WatchdogCommand.FAILED);
                Parts parts = new Parts(configuration, kafka)) {
            try {
                start.accept(parts);
                parts.startMonitoring();
                awaitEnd(configuration, termination, kafka, parts);
            } finally {
                deadline.start();
            }
        }
        LOG.info("ended");
        return WatchdogCommand.DONE;
    }

    private static void awaitEnd(WatchdogConfiguration configuration, Termination termination, KafkaConnection kafka,
            Parts parts) {
        CompletableFuture.anyOf(termination.requested(), kafka.ended(), parts.failed()).join();
        if (parts.failed().isDone()) {
            throw new CommandFailure(parts.failed().join());
        }
        if (!termination.requested().isDone()) {
            throw new CommandFailure("the embedded broker has ended; its log is below "
                    + configuration.stateDir().resolve("broker"));
        }
        LOG.info("{}: ending", termination.requested().join());
    }
}
