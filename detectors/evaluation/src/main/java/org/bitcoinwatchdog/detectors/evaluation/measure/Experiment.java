package org.bitcoinwatchdog.detectors.evaluation.measure;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bitcoinwatchdog.detectors.DetectorSettings;
import org.bitcoinwatchdog.detectors.evaluation.EvaluationSettings;
import org.bitcoinwatchdog.detectors.evaluation.benign.BenignCases;
import org.bitcoinwatchdog.detectors.evaluation.benign.BenignCases.BenignCase;
import org.bitcoinwatchdog.detectors.evaluation.injection.Injection;
import org.bitcoinwatchdog.detectors.evaluation.injection.Injections;
import org.bitcoinwatchdog.detectors.evaluation.measure.Trial.Observer;

/**
 * Runs all trials of an evaluation on several threads and sums them up. The number of threads does not change the
 * results.
 */
public final class Experiment {
    /** Receives the progress of the evaluation. Several threads call it, one at a time. */
    public interface Progress {
        Progress NONE = (done, what) -> { };

        /**
         * @param done share of the work that is finished, 0 to 1
         * @param the trial that finished last
         */
        void step(double done, String what);
    }

    /** Plain background is simulated in spans of this length, each with its own seed. */
    private static final Duration STRETCH = Duration.ofDays(45);
    private static final Duration LONG = Duration.ofDays(2);
    private static final double DAYS_PER_YEAR = 365.25;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final EvaluationSettings settings;
    private final List<Injection> injections;
    private final DetectorSettings detectors;
    private final Progress progress;
    private final List<Trial> trials = new ArrayList<>();
    private final Map<Trial, ChartRecorder> recorders = new LinkedHashMap<>();
    private double total;
    private double done;
    private final Map<String, Double> cpuS = new TreeMap<>();

    public Experiment(EvaluationSettings settings, DetectorSettings detectors, Progress progress) {
        this(settings, detectors, progress, Optional.empty());
    }

    /**
     * @param rule alert name of the only rule to measure: only its injections are played, and only it counts as a
     *             detection
     */
    public Experiment(EvaluationSettings settings, DetectorSettings detectors, Progress progress, Optional<String> rule) {
        this.settings = settings;
        this.injections = rule.map(Injections::meantFor).orElse(Injections.ALL);
        this.detectors = detectors;
        this.progress = progress;
        settings.real().forEach(traffic -> trials.add(new RealTrial(traffic)));
        plan();
    }

    private void plan() {
        double fleetDays = settings.nodeYears() * DAYS_PER_YEAR / BenignTrial.NODES;
        long seed = 1_000;
        for (double left = fleetDays; left > 0.001; left -= STRETCH.toDays()) {
            Duration lasts = Duration.ofMinutes((long) (Math.min(left, STRETCH.toDays()) * 1_440));
            trials.add(BenignTrial.background(lasts, settings.half().seed(seed++)));
        }
        if (settings.fullDays() > 0) {
            trials.add(BenignTrial.fullRate(
                    Duration.ofMinutes((long) (settings.fullDays() * 1_440)), settings.half().seed(0)));
        }
        for (int repetition = 0; repetition < settings.seeds(); repetition++) {
            for (BenignCase hard : BenignCases.ALL) {
                if (repetition < settings.casesEach() && hard.name().contains(settings.only())) {
                    add(hard, repetition);
                }
            }
            for (Injection injection : injections) {
                boolean whole = injection.must() && injection.lasts().compareTo(LONG) < 0;
                int repetitions = whole ? settings.seeds() : settings.informingEach();
                if (repetition < repetitions && injection.name().contains(settings.only())) {
                    add(injection, repetition);
                }
            }
        }
    }

    private void add(BenignCase hard, int repetition) {
        Optional<ChartRecorder> recorder = recorder(hard.name(), repetition);
        Trial trial = BenignTrial.hard(hard, settings.half().seed(repetition), recorder.<Observer>map(c -> c).orElse(Observer.NONE));
        trials.add(trial);
        recorder.ifPresent(taken -> recorders.put(trial, taken));
    }

    private void add(Injection injection, int repetition) {
        Optional<ChartRecorder> recorder = recorder(injection.name(), repetition);
        Trial trial = new InjectionTrial(
                injection, settings.half().seed(repetition), recorder.<Observer>map(c -> c).orElse(Observer.NONE));
        trials.add(trial);
        recorder.ifPresent(taken -> recorders.put(trial, taken));
    }

    private static Optional<ChartRecorder> recorder(String name, int repetition) {
        return repetition > 0 ? Optional.empty() : ChartSpec.of(name).map(spec -> new ChartRecorder(spec.probe().get()));
    }

    public Findings run() throws InterruptedException {
        total = trials.stream().mapToDouble(Trial::weight).sum();
        Map<Trial, Trial.TrialOutcome> outcomes = new LinkedHashMap<>();
        ExecutorService threads = Executors.newFixedThreadPool(settings.threads());
        try (AsmapOfPlan asmap = AsmapOfPlan.write()) {
            Playback simulated = new Playback(detectors.asmap().isPresent() ? detectors : detectors.withAsmap(asmap.file()));
            Playback real = new Playback(detectors);
            Map<Trial, Future<Trial.TrialOutcome>> futures = new LinkedHashMap<>();
            // The longest trials first, so that no long one runs alone at the end.
            trials.stream().sorted(Comparator.comparingDouble(Trial::weight).reversed())
                    .forEach(trial -> futures.put(trial, threads.submit(() -> run(trial, trial instanceof RealTrial ? real : simulated))));
            for (Trial trial : trials) {
                outcomes.put(trial, futures.get(trial).get());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException("a trial failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
        return findings(outcomes);
    }

    private Trial.TrialOutcome run(Trial trial, Playback playback) {
        long beforeNs = THREADS.getCurrentThreadCpuTime();
        Trial.TrialOutcome outcome = trial.run(playback);
        double tookS = (THREADS.getCurrentThreadCpuTime() - beforeNs) / 1e9;
        synchronized (this) {
            cpuS.merge(trial.part(), tookS, Double::sum);
            done += trial.weight();
            progress.step(done / total, trial.name());
        }
        return outcome;
    }

    private Findings findings(Map<Trial, Trial.TrialOutcome> outcomes) {
        var rules = alertnames(detectors);
        List<InjectionRow> injections = of(outcomes, InjectionTrial.InjectionOutcome.class)
                .collect(Collectors.groupingBy(InjectionTrial.InjectionOutcome::injection, LinkedHashMap::new, Collectors.toList()))
                .values().stream().map(results -> InjectionRow.of(results, rules)).toList();
        List<BenignRow> benign = of(outcomes, BenignTrial.BenignOutcome.class)
                .collect(Collectors.groupingBy(BenignTrial.BenignOutcome::name, LinkedHashMap::new, Collectors.toList()))
                .entrySet().stream().map(entry -> BenignRow.of(entry.getKey(), entry.getValue())).toList();
        List<RealRow> real = of(outcomes, RealTrial.RealOutcome.class).map(RealRow::of).toList();
        long events = outcomes.values().stream().mapToLong(Trial.TrialOutcome::events).sum();
        return new Findings(rules, injections, benign, real, charts(outcomes), events, cpuS);
    }

    private List<Chart> charts(Map<Trial, Trial.TrialOutcome> outcomes) {
        List<Chart> charts = new ArrayList<>();
        recorders.forEach((trial, recorder) -> ChartSpec.of(trial.name()).ifPresent(spec -> charts.add(
                outcomes.get(trial) instanceof InjectionTrial.InjectionOutcome attacked
                        ? spec.chart(recorder, attacked)
                        : spec.chart(recorder, (BenignTrial.BenignOutcome) outcomes.get(trial)))));
        return charts;
    }

    private static <T> Stream<T> of(Map<Trial, Trial.TrialOutcome> outcomes, Class<T> type) {
        return outcomes.values().stream().filter(type::isInstance).map(type::cast);
    }

    /** The alert names of the rules that exist. */
    static Set<String> alertnames(DetectorSettings settings) {
        Set<String> names = new TreeSet<>();
        settings.rules().keySet().forEach(rule -> names.add(rule.alertname()));
        return names;
    }
}
