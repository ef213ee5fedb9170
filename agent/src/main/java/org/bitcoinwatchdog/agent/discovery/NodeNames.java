package org.bitcoinwatchdog.agent.discovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names for processes. A node keeps its name through restarts: what runs the same executable on the same data directory
 * is the same node. No two running processes have one name.
 */
final class NodeNames {
    private record Identity(String base, ProcessPath executable, ProcessPath dataDirectory, String network) {
        static Identity of(String base, BitcoindProcess process) {
            return new Identity(base, process.executable(), process.dataDirectory(), process.network());
        }
    }

    private final Map<String, Identity> owners = new TreeMap<>();
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
        String name = free(identity, several);
        owners.put(name, identity);
        running.put(name, process);
        return name;
    }

    private String free(Identity identity, boolean several) {
        List<String> candidates = new ArrayList<>();
        owners.forEach((owned, owner) -> {
            if (owner.equals(identity)) {
                candidates.add(owned);
            }
        });
        String longer = identity.base() + "-" + directoryName(identity.dataDirectory());
        if (!several) {
            candidates.add(identity.base());
        }
        candidates.add(longer);
        candidates.add(longer + "-" + identity.network());
        for (String candidate : candidates) {
            if (isFree(candidate, identity)) {
                return candidate;
            }
        }
        int number = 2;
        while (!isFree(longer + "-" + number, identity)) {
            number++;
        }
        return longer + "-" + number;
    }

    private boolean isFree(String name, Identity identity) {
        return !running.containsKey(name) && identity.equals(owners.getOrDefault(name, identity));
    }

    private static String directoryName(ProcessPath directory) {
        return directory.fileName().isEmpty() ? "root" : directory.fileName();
    }
}
