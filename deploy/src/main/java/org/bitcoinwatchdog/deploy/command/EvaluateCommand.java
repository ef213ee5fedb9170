package org.bitcoinwatchdog.deploy.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.bitcoinwatchdog.deploy.replay.ReplaySources.Networks;
import org.bitcoinwatchdog.deploy.text.ProgressLine;
import org.bitcoinwatchdog.detectors.evaluation.Evaluation;
import org.bitcoinwatchdog.detectors.evaluation.EvaluationSettings;
import org.bitcoinwatchdog.detectors.evaluation.EvaluationSettings.Half;
import org.bitcoinwatchdog.detectors.evaluation.RealTraffic;
import org.bitcoinwatchdog.detectors.evaluation.Sweep;
import org.bitcoinwatchdog.detectors.evaluation.benign.BenignCases;
import org.bitcoinwatchdog.detectors.evaluation.injection.Injection;
import org.bitcoinwatchdog.detectors.evaluation.injection.Injections;
import org.bitcoinwatchdog.events.Network;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(name = "evaluate", mixinStandardHelpOptions = true,
        description = "Measures the detectors on simulated traffic with known attacks, and on real block arrivals. Reports what"
                + " they find, how soon, and how often they are wrong.")
final class EvaluateCommand implements Callable<Integer> {
    @Option(names = "--seeds", defaultValue = "10", paramLabel = "N",
            description = "Repetitions of each attack that must be found (${DEFAULT-VALUE}). Benign hard cases get a third of that,"
                    + " attacks below the thresholds a fifth.")
    private int seeds;

    @Option(names = "--years", defaultValue = "26", paramLabel = "Y",
            description = "Node-years of ordinary traffic (${DEFAULT-VALUE}). A year takes about 2.5 minutes of one core.")
    private double years;

    @Option(names = "--full-days", defaultValue = "2", paramLabel = "D",
            description = "Days of a fleet of four at the full message rate (${DEFAULT-VALUE}).")
    private double fullDays;

    @Option(names = "--arrivals", paramLabel = "FILE", arity = "1..*",
            description = "Block arrivals of real nodes, which are measured as one fleet. CSV, plain or gzip: height,hash,UNIX"
                    + " milliseconds. A file is a node.")
    private List<Path> arrivals = List.of();

    @Option(names = "--recordings", paramLabel = "FILE", arity = "1..*",
            description = "Recordings of real nodes, each of which is measured by itself.")
    private List<Path> recordings = List.of();

    @Option(names = "--network", converter = NetworkOption.class,
            description = "Network of the real nodes: " + Network.KNOWN + ". Default: main for arrivals, regtest for recordings.")
    private Network network;

    @Option(names = "--report", paramLabel = "FILE",
            description = "Writes a report to this file: tables in Markdown if the name ends in .md, an HTML page with charts otherwise."
                    + " May be given several times.")
    private List<Path> reports = List.of();

    @Option(names = "--tuning", description = "Uses the seeds for tuning defaults, not those of the report.")
    private boolean tuning;

    @Option(names = "--threads", paramLabel = "N", description = "Number of simulations at a time. Default: one per processor.")
    private Integer threads;

    @Option(names = "--only", paramLabel = "TEXT", defaultValue = "",
            description = "Runs only the attacks and hard cases whose name contains this.")
    private String only;

    @Option(names = "--rule", paramLabel = "RULE", description = "The rule of --sweep, as the configuration names it.")
    private String rule;

    @Option(names = "--sweep", paramLabel = "KEY=FROM..TO",
            description = "Measures the rule of --rule with five values of a key, such as page=60s..300s, and prints false alerts"
                    + " against recall and delay as a table in Markdown.")
    private String sweep;

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        RealCorpora corpora = new RealCorpora(network == null ? Networks.USUAL : new Networks(network, network));
        EvaluationSettings settings = settings(corpora);
        long begin = System.nanoTime();
        ByteArrayOutputStream tables = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(tables, true, StandardCharsets.UTF_8);
        Optional<Sweep> swept = sweep();
        Map<String, Double> cpuS = Map.of();
        try (ProgressLine progress = ProgressLine.to(err)) {
            if (swept.isPresent()) {
                swept.get().run(settings, progress::step, out);
            } else {
                cpuS = Evaluation.run(settings, config.read().detectors(), progress::step, out).cpuS();
            }
        }
        spec.commandLine().getOut().print(tables.toString(StandardCharsets.UTF_8));
        spec.commandLine().getOut().flush();
        corpora.problems().forEach(err::println);
        err.printf(Locale.ROOT, "evaluated in %.0f s%n", (System.nanoTime() - begin) / 1e9);
        cpuS.forEach((part, seconds) -> err.printf(Locale.ROOT, "  %s: %.0f s of CPU%n", part, seconds));
        settings.reports().forEach(file -> err.println("report: " + file));
        err.flush();
        return WatchdogCommand.DONE;
    }

    /** Checks all options before the work begins. */
    private EvaluationSettings settings(RealCorpora corpora) {
        OptionValues.atLeast(spec, "--seeds", seeds, 0, "10");
        OptionValues.atLeast(spec, "--years", years, 0, "26");
        OptionValues.atLeast(spec, "--full-days", fullDays, 0, "2");
        OptionValues.atLeast(spec, "--threads", threads == null ? 1 : threads, 1, "2");
        if (Injections.ALL.stream().map(Injection::name).noneMatch(name -> name.contains(only))
                && BenignCases.ALL.stream().map(BenignCases.BenignCase::name).noneMatch(name -> name.contains(only))) {
            throw OptionValues.wrong(spec, "--only", only, "a part of the name of an attack or a hard case, such as " + Injections.ALL.get(0).name());
        }
        reports.forEach(report -> OptionValues.writable(spec, "--report", report));
        arrivals.forEach(file -> OptionValues.readable(spec, "--arrivals", file));
        recordings.forEach(file -> OptionValues.readable(spec, "--recordings", file));
        List<RealTraffic> real = new ArrayList<>();
        if (!arrivals.isEmpty()) {
            real.add(corpora.arrivals(arrivals));
        }
        recordings.forEach(file -> real.add(corpora.recording(file)));
        try {
            return new EvaluationSettings(seeds, years, fullDays, tuning ? Half.TUNING : Half.REPORTING, real, reports,
                    threads == null ? Runtime.getRuntime().availableProcessors() : threads, only);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Optional<Sweep> sweep() {
        if ((rule == null) != (sweep == null)) {
            throw new ParameterException(spec.commandLine(), "--rule and --sweep belong together: --rule fleet-lag --sweep page=60s..300s");
        }
        try {
            return Optional.ofNullable(rule).map(name -> SweepOption.parse(name, sweep, config.read()));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
