package org.bitcoinwatchdog.agent.discovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names processes. A node keeps its name for good: the register knows it by its data directory and network. No two
 * running processes have the same name. Not thread-safe.
 */
final class NodeNames {
    private final NodeRegister register;
    private final Map<String, BitcoindProcess> running = new HashMap<>();

    NodeNames(NodeRegister register) {
        this.register = register;
    }

    /** Forgets that ended processes use their names, but not which node has which name. */
    void retain(List<BitcoindProcess> processes) {
        running.values().removeIf(known -> processes.stream().noneMatch(known::isSameProcess));
    }

    /**
     * @param host    name of a node that the settings do not name
     * @param several whether the settings match more than one process
     */
    String name(NodeSettings settings, String host, BitcoindProcess process, boolean several) {
        for (Map.Entry<String, BitcoindProcess> entry : running.entrySet()) {
            if (entry.getValue().isSameProcess(process)) {
                return entry.getKey();
            }
        }
        RegisteredNode node = RegisteredNode.of(settings.name().orElse(host), settings, process);
        String name = known(node, process.caveat().isEmpty())
                .filter(known -> settings.name().isEmpty() || several || known.equals(settings.name().get()))
                .orElseGet(() -> free(node, several));
        register.remember(node.withName(name));
        running.put(name, process);
        return name;
    }

    private Optional<String> known(RegisteredNode node, boolean networkIsCertain) {
        return register.all().stream()
                .filter(known -> known.isSameNode(node, true))
                .map(RegisteredNode::name).filter(name -> !running.containsKey(name)).findFirst()
                .or(() -> networkIsCertain ? Optional.empty() : register.all().stream()
                        .filter(known -> known.isSameNode(node, false))
                        .map(RegisteredNode::name).filter(name -> !running.containsKey(name)).findFirst());
    }

    private String free(RegisteredNode node, boolean several) {
        List<String> candidates = new ArrayList<>();
        String directory = node.dataDirectory().substring(node.dataDirectory().lastIndexOf('/') + 1);
        String longer = node.name() + "-" + (directory.isEmpty() ? "root" : directory);
        if (!several) {
            candidates.add(node.name());
        }
        candidates.add(longer);
        candidates.add(longer + "-" + node.network());
        for (String candidate : candidates) {
            if (isFree(candidate, node)) {
                return candidate;
            }
        }
        int number = 2;
        while (!isFree(longer + "-" + number, node)) {
            number++;
        }
        return longer + "-" + number;
    }

    /** A configured name takes precedence: a node that had it before gets another one. */
    private boolean isFree(String name, RegisteredNode node) {
        return !running.containsKey(name) && (node.isConfigured() && name.equals(node.name())
                || register.get(name).map(owner -> owner.isSameNode(node, true)).orElse(true));
    }
}
