package org.bitcoinwatchdog.deploy.bench.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * How busy the machine is.
 *
 * @param perMinute load average of the last minute
 */
public record MachineLoad(double perMinute, int cores) {
    private static final Path LOAD_AVERAGE = Path.of("/proc/loadavg");
    /** More than this on each core distorts figures: other work takes the caches. */
    private static final double MOST_PER_CORE = 0.5;

    /** @throws IOException if the kernel does not show it */
    public static MachineLoad now() throws IOException {
        return new MachineLoad(Double.parseDouble(Files.readString(LOAD_AVERAGE).split(" ")[0]),
                Runtime.getRuntime().availableProcessors());
    }

    /** Why figures of this machine mean little now; empty if it is quiet. */
    public Optional<String> warning() {
        double most = MOST_PER_CORE * cores;
        return perMinute <= most ? Optional.empty() : Optional.of(String.format(Locale.ROOT,
                "the load average is %.2f on %d cores: other work distorts the figures. Wait until it is below %.1f", perMinute, cores, most));
    }
}
