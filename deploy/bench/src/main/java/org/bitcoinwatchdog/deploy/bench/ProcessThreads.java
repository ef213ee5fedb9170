package org.bitcoinwatchdog.deploy.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What the threads of a process have used since its start, by name. Threads whose names differ only in numbers count together.
 */
record ProcessThreads(Map<String, Used> byName) {
    private static final String SWITCHES = "voluntary_ctxt_switches:";

    /** @param wakeUps how often it waited for something */
    record Used(long cpuNs, long wakeUps) {
        private Used plus(Used other) {
            return new Used(cpuNs + other.cpuNs, wakeUps + other.wakeUps);
        }

        private Used minus(Used other) {
            return new Used(cpuNs - other.cpuNs, wakeUps - other.wakeUps);
        }
    }

    static ProcessThreads of(long pid) throws IOException {
        Map<String, Used> used = new HashMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path task : tasks.toList()) {
                try {
                    used.merge(Files.readString(task.resolve("comm")).strip().replaceAll("[0-9]+", "*"), used(task), Used::plus);
                } catch (NoSuchFileException e) {
                    continue; // the thread has ended
                }
            }
        }
        return new ProcessThreads(used);
    }

    private static Used used(Path task) throws IOException {
        long cpuNs = Long.parseLong(Files.readString(task.resolve("schedstat")).split(" ")[0]);
        long wakeUps = Files.readString(task.resolve("status")).lines().filter(line -> line.startsWith(SWITCHES))
                .mapToLong(line -> Long.parseLong(line.substring(SWITCHES.length()).strip())).sum();
        return new Used(cpuNs, wakeUps);
    }

    ProcessThreads since(ProcessThreads before) {
        Map<String, Used> used = new HashMap<>();
        byName.forEach((name, now) -> used.put(name, now.minus(before.byName.getOrDefault(name, new Used(0, 0)))));
        return new ProcessThreads(used);
    }

    Used total() {
        return byName.values().stream().reduce(new Used(0, 0), Used::plus);
    }

    /** The threads that used most, a line each. */
    List<String> lines(int most, double seconds) {
        List<String> lines = new ArrayList<>();
        byName.entrySet().stream().sorted(Comparator.comparingLong(entry -> -entry.getValue().cpuNs())).limit(most)
                .forEach(entry -> lines.add(String.format(Locale.ROOT, "    %-18s %6.2f %% of a core, %6.1f wake-ups a second", entry.getKey(),
                        entry.getValue().cpuNs() / 1e7 / seconds, entry.getValue().wakeUps() / seconds)));
        return lines;
    }
}
