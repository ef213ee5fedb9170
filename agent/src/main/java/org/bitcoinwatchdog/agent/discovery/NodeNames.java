package org.bitcoinwatchdog.agent.discovery;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Names for processes. A node keeps its name through restarts: what runs the same executable on the same data directory
 * is the same node. No two running processes have one name.
 */
final class NodeNames {
    private record Identity(String base, Path executable, Path dataDirectory, String network) {
        static Identity of(String base, BitcoindProcess process) {
            return new Identity(base, process.executable(), process.dataDirectory(), process.network());
        }
    }

    private final Map<String, Identity> owners = new HashMap<>();
    private final Map<String, BitcoindProcess> running = new HashMap<>();

    /** Forgets which of the names are in use by processes that have ended; not whose they were. */
    void retain(List<BitcoindProcess> processes) {
        running.values().removeIf(known -> processes.stream().noneMatch(known::isSameProcess));
    }

    /** @param several more than one process has this base */
    String name(String base, BitcoindProcess process, boolean several) {
        for (Map.Entry<String, BitcoindProcess> entry : running.entrySet()) {
            if (entry.getValue().isSameProcess(process)) {
                return entry.getKey();
            }
        }
        Identity identity = Identity.of(base, process);
        String name = Stream.concat(
                        owners.keySet().stream().filter(owned -> owners.get(owned).equals(identity)).sorted(),
                        candidates(base, process, several))
                .filter(candidate -> !running.containsKey(candidate))
                .filter(candidate -> identity.equals(owners.getOrDefault(candidate, identity)))
                .findFirst()
                .orElseThrow();
        owners.put(name, identity);
        running.put(name, process);
        return name;
    }

    private static Stream<String> candidates(String base, BitcoindProcess process, boolean several) {
        Path directory = process.dataDirectory().getFileName();
        String longer = base + "-" + (directory == null ? "root" : directory.toString());
        return Stream.of(
                        several ? Stream.<String>empty() : Stream.of(base),
                        Stream.of(longer, longer + "-" + process.network()),
                        IntStream.iterate(2, number -> number + 1).mapToObj(number -> longer + "-" + number))
                .flatMap(names -> names);
    }
}
