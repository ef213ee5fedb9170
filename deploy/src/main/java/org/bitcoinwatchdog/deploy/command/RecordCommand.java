package org.bitcoinwatchdog.deploy.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.bitcoinwatchdog.agent.Recorder;
import org.bitcoinwatchdog.deploy.run.Termination;
import org.bitcoinwatchdog.events.RecordingWriter;
import org.bitcoinwatchdog.events.SafeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "record", mixinStandardHelpOptions = true,
        description = "Traces the nodes on this host into a recording (JSON lines, gzip) for replay and tracepoint-player. "
                + "Needs no Kafka. Exits with 1 if calls were lost.")
final class RecordCommand implements Callable<Integer> {
    private static final String SUFFIX = ".jsonl.gz";

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "File to write. Its name ends in .jsonl.gz, such as mine.jsonl.gz.")
    private Path out;

    @Option(names = "--for", paramLabel = "DURATION", description = "How long to record: 30s, 10m. Default: until Control-C.")
    private Optional<Duration> length;

    @Option(names = "--node", paramLabel = "NAME", description = "Records only this node. Repeat it for several nodes.")
    private Set<String> nodes = Set.of();

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        if (!out.toString().endsWith(SUFFIX)) {
            throw OptionValues.wrong(spec, "--out", out, "a name that ends in " + SUFFIX + ", such as mine" + SUFFIX);
        }
        OptionValues.writable(spec, "--out", out);
        Termination termination = Termination.onSignals();
        long began = System.nanoTime();
        long lengthNs = length.map(Duration::toNanos).orElse(Long.MAX_VALUE);
        try (RecordingWriter writer = RecordingWriter.create(out)) {
            List<Recorder.Account> accounts = new Recorder(config.read().agent(), nodes, writer,
                    line -> err.println(SafeText.lines(line)))
                    .run(() -> !termination.requested().isDone() && System.nanoTime() - began < lengthNs);
            accounts.forEach(account -> err.println(SafeText.lines(text(account))));
            if (accounts.isEmpty()) {
                throw new CommandFailure("no node was recorded: no bitcoind was traced. Run watchdog doctor to find out why");
            }
            return accounts.stream().allMatch(account -> account.written() == account.fired())
                    ? WatchdogCommand.DONE : WatchdogCommand.FAILED;
        } catch (IOException e) {
            throw new CommandFailure(out + ": " + e.getMessage(), e);
        }
    }

    private static String text(Recorder.Account account) {
        return String.format(Locale.ROOT, "%s: %,d calls written of %,d fired; %,d lost in the kernel's ring buffer, %,d malformed",
                account.node(), account.written(), account.fired(), account.dropped(), account.malformed());
    }
}
