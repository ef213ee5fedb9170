package org.bitcoinwatchdog.agent.discovery;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.bitcoinwatchdog.events.NodeOptions;

/**
 * A running bitcoind. Two values are the same process only if id and start agree.
 *
 * @param startTicks    when it was started, in hundredths of a second since the kernel started. Setting the clock does
 *                      not change it
 * @param executable    as the process itself sees it, in a container a path inside it
 * @param dataDirectory as the process itself sees it; if not configured, bitcoind's default
 * @param network       a name of {@link org.bitcoinwatchdog.events.Network}
 * @param options       what its arguments and its configuration say about its peers; empty if they can't be read
 * @param caveat        a configuration file that can't be read, and why. The data directory and network may then be
 *                      wrong
 */
public record BitcoindProcess(int pid, long startTicks, Instant startedAt, ProcessPath executable, ProcessPath dataDirectory,
        String network, Optional<NodeOptions> options, Optional<String> caveat) {
    public BitcoindProcess {
        Objects.requireNonNull(startedAt, "startedAt");
        Objects.requireNonNull(executable, "executable");
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        Objects.requireNonNull(network, "network");
        Objects.requireNonNull(options, "options");
        Objects.requireNonNull(caveat, "caveat");
    }

    /** The file that the process runs, from outside its container, even if the file was replaced since. */
    public Path openedExecutable() {
        return Path.of("/proc", Integer.toString(pid), "exe");
    }

    /** Whether it is the same process. Its configuration may differ. */
    public boolean isSameProcess(BitcoindProcess other) {
        return pid == other.pid && startTicks == other.startTicks;
    }
}
