package org.bitcoinwatchdog.agent.discovery;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A running bitcoind. Two of them are the same process only where process id and start agree.
 *
 * @param startTicks    when it was started, in hundredths of a second since the kernel was: unlike the time by the wall clock it
 *                      stays what it is when that clock is set
 * @param executable    as the process itself sees it; in a container that is a path in there
 * @param dataDirectory the same; where it is not told, what bitcoind would use
 * @param network       a name of {@link org.bitcoinwatchdog.events.Network}
 * @param caveat        a file of its configuration that can't be read, and why: data directory and network may be wrong
 */
public record BitcoindProcess(int pid, long startTicks, Instant startedAt, ProcessPath executable, ProcessPath dataDirectory,
        String network, Optional<String> caveat) {
    public BitcoindProcess {
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(executable, "executable");
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(caveat, "caveat");
    }

    /** The file that the process runs, from outside its container, and even where it was replaced since. */
    public Path openedExecutable() {
        return Path.of("/proc", Integer.toString(pid), "exe");
    }

    /** The same process, although its configuration may be read differently by now. */
    public boolean isSameProcess(BitcoindProcess other) {
        return pid == other.pid && startTicks == other.startTicks;
    }
}
