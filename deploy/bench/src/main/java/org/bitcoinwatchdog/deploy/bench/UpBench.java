package org.bitcoinwatchdog.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bitcoinwatchdog.deploy.bench.agent.StandInProcess;
import org.bitcoinwatchdog.deploy.bench.agent.WatchdogProcess;
import org.bitcoinwatchdog.deploy.bench.figures.Figures;
import org.bitcoinwatchdog.deploy.bench.figures.Figures.Figure;
import org.bitcoinwatchdog.deploy.resource.OpenParts;
import org.bitcoinwatchdog.deploy.resource.TemporaryDirectory;

/**
 * What {@code watchdog up} and its broker take beside nodes of mainnet's ordinary rate, and how soon they notify.
 *
 * @param player tracepoint-player
 * @param nodes  how many stand-ins to trace
 * @param settle how long the JVMs are busy with themselves; not measured
 */
public record UpBench(Path player, int nodes, Duration settle, Duration length, int delays, Figures figures) {
    private static final int MESSAGES_A_SECOND = 50;
    private static final int LISTED_THREADS = 8;
    private static final int MARGIN_S = 60;
    private static final double CPU_AIM_OF_ONE = 5;
    private static final double CPU_AIM_OF_TEN = 20;
    private static final double MEMORY_AIM_MB = 450;

    private record Processes(ProcessThreads up, ProcessThreads broker) {
        static Processes of(WatchdogProcess watchdog) throws IOException {
            return new Processes(ProcessThreads.of(watchdog.pid()), ProcessThreads.of(watchdog.brokersPid()));
        }
    }

    public void run() throws IOException, InterruptedException {
        try (OpenParts open = new OpenParts()) {
            Path directory = open.add(TemporaryDirectory.create("watchdog-bench")).path();
            AlertDelay delay = open.add(new AlertDelay(directory));
            List<Path> executables = IntStream.range(0, nodes).mapToObj(number -> directory.resolve("node-" + number)).toList();
            for (Path folder : executables) {
                StandInProcess.install(player, folder);
            }
            WatchdogProcess watchdog = open.add(WatchdogProcess.up(directory, delay.configuration(
                    executables.stream().map(folder -> folder.resolve("bitcoind")).collect(Collectors.toList()))));
            watchdog.awaitStarted();
            measure(watchdog, "no node", Double.NaN);
            for (Path folder : executables) {
                open.add(StandInProcess.start(folder.resolve("bitcoind"), List.of("--generate", "mainnet", "--rate",
                        Integer.toString(MESSAGES_A_SECOND), "--seconds",
                        Long.toString(settle.plus(length).toSeconds() + MARGIN_S + delay.lasts(delays).toSeconds()))));
            }
            measure(watchdog, nodes == 1 ? "1 node" : nodes + " nodes", nodes == 1 ? CPU_AIM_OF_ONE : nodes == 10 ? CPU_AIM_OF_TEN : Double.NaN);
            if (delays > 0) {
                delay.measure(player, delays, figures);
            }
        }
    }

    private void measure(WatchdogProcess watchdog, String beside, double cpuAim) throws IOException, InterruptedException {
        Thread.sleep(settle.toMillis());
        Processes before = Processes.of(watchdog);
        long began = System.nanoTime();
        Thread.sleep(length.toMillis());
        Processes after = Processes.of(watchdog);
        double seconds = (System.nanoTime() - began) / 1e9;
        ProcessThreads up = after.up().since(before.up());
        ProcessThreads broker = after.broker().since(before.broker());
        Figure all = Figure.of("up with " + beside + ": CPU, broker included", percent(up, seconds) + percent(broker, seconds), "% of a core");
        figures.add(Double.isNaN(cpuAim) ? all : all.aimAtMost(cpuAim));
        process("up with " + beside + ": its own process", up, seconds);
        process("up with " + beside + ": its broker", broker, seconds);
        Figure memory = Figure.of("up with " + beside + ": resident memory, broker included",
                megabytes(watchdog.pid(), "Rss") + megabytes(watchdog.brokersPid(), "Rss"), "MB");
        figures.add(Double.isNaN(cpuAim) ? memory : memory.aimAtMost(MEMORY_AIM_MB));
        figures.add(Figure.of("up with " + beside + ": the same, shared pages counted once",
                megabytes(watchdog.pid(), "Pss") + megabytes(watchdog.brokersPid(), "Pss"), "MB"));
    }

    private void process(String name, ProcessThreads used, double seconds) {
        figures.add(Figure.of(name + ", CPU", percent(used, seconds), "% of a core"));
        figures.add(Figure.of(name + ", wake-ups", used.total().wakeUps() / seconds, "a second"));
        used.lines(LISTED_THREADS, seconds).forEach(line -> figures.note("%s", line));
    }

    private static double percent(ProcessThreads used, double seconds) {
        return used.total().cpuNs() / 1e7 / seconds;
    }

    private static double megabytes(long pid, String kind) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "smaps_rollup")).stream()
                .filter(line -> line.startsWith(kind + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10).sum() / 1e6;
    }
}
