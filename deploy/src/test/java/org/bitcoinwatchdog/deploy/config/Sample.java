package org.bitcoinwatchdog.deploy.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Settings with every form that the binder knows. */
record Sample(
        String name,
        boolean enabled,
        int count,
        long bytes,
        double share,
        Path folder,
        Optional<Level> level,
        Limits limits,
        List<Target> targets,
        Set<String> tags,
        Map<String, String> properties,
        Map<String, Limits> perNode) {

    static Sample defaults() {
        return new Sample("sample", true, 3, 1L << 40, 0.5, Path.of("/var/lib"), Optional.empty(), Limits.defaults(),
                List.of(), Set.of(), Map.of(), Map.of());
    }

    enum Level {
        VERY_LOUD,
        QUIET
    }

    record Limits(Duration warnAfter, Duration pageAfter) {
        public Limits {
            if (warnAfter.compareTo(pageAfter) > 0) {
                throw new IllegalArgumentException("warn-after must not be longer than page-after");
            }
        }

        static Limits defaults() {
            return new Limits(Duration.ofMinutes(1), Duration.ofMinutes(2));
        }
    }

    sealed interface Target permits WebHook, Log {
    }

    record WebHook(String name, URI url, Duration timeout) implements Target {
    }

    record Log(String name) implements Target {
    }
}
