package org.bitcoinwatchdog.deploy.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.bitcoinwatchdog.deploy.replay.ReplaySources.RecordingSource;
import org.bitcoinwatchdog.deploy.replay.Replay;
import org.bitcoinwatchdog.deploy.replay.ReplaySources.Networks;
import org.bitcoinwatchdog.deploy.text.AlertText;
import org.bitcoinwatchdog.deploy.text.ProgressLine;
import org.bitcoinwatchdog.events.Network;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.AlertJson;
import org.bitcoinwatchdog.events.Recordings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "replay", description = "Runs recordings through the detectors without Kafka, and prints the alerts.",
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    private static final int SHOWN_PROBLEMS = 10;

    @Parameters(paramLabel = "FILE", arity = "1..*",
            description = "A recording, or the name of one that comes with the watchdog: ${COMPLETION-CANDIDATES}."
                    + " Or block arrivals: lines of height,hash,UNIX milliseconds in NODE.csv or NODE.csv.gz.",
            completionCandidates = Shipped.class)
    private List<String> recordings;

    @Option(names = "--json", description = "Prints one alert change a line, as in the topic watchdog.alerts.")
    private boolean json;

    @Option(names = "--network", converter = NetworkOption.class,
            description = "Network of all nodes: " + Network.KNOWN + ". Default: regtest for recordings, main for block arrivals.")
    private Network network;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        AtomicLong problems = new AtomicLong();
        AtomicLong changes = new AtomicLong();
        ProgressLine progress = ProgressLine.to(err);
        Replay.ReplayResult result = run(progress, alert -> {
            changes.incrementAndGet();
            progress.clear();
            out.println(json ? new String(AlertJson.write(alert), StandardCharsets.UTF_8) : AlertText.of(alert) + "\n");
        }, problem -> {
            if (problems.incrementAndGet() <= SHOWN_PROBLEMS) {
                err.println(problem);
            }
        });
        progress.clear();
        out.flush();
        err.printf(Locale.ROOT, "replayed %,d calls of %d nodes, %.1f s of their time, in %.2f s: %,.0f calls/s; "
                        + "%d alert changes; %,d broken lines or calls skipped%n",
                result.calls(), result.nodes(), result.span().toMillis() / 1e3, result.wall().toMillis() / 1e3,
                result.callsPerSecond(), changes.get(), result.skipped());
        if (result.events() == 0) {
            throw new CommandFailure("there is no call in " + String.join(", ", recordings));
        }
        return WatchdogCommand.DONE;
    }

    private Replay.ReplayResult run(ProgressLine progress, java.util.function.Consumer<Alert> alerts,
            java.util.function.Consumer<String> problems) {
        List<RecordingSource> sources = recordings.stream().map(RecordingSource::new).toList();
        Networks networks = network == null ? Networks.USUAL : new Networks(network, network);
        try {
            return new Replay(config.read().detectors(), networks, progress::step).run(sources, alerts, problems);
        } catch (IOException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    /** Named in the help. */
    static final class Shipped implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return Stream.concat(Recordings.NAMES.stream(), Stream.of(Recordings.SPLIT)).iterator();
        }
    }
}
