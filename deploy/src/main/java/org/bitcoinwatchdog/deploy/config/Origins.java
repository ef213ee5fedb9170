package org.bitcoinwatchdog.deploy.config;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.config.ConfigurationException.Problem;
import org.bitcoinwatchdog.deploy.config.ConfigurationFile.SettingsFinding;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Where in the file each record of settings comes from. */
final class Origins {
    private record Origin(Node node, KeyPath place) {
    }

    private final Map<Object, Origin> origins = new IdentityHashMap<>();

    void put(Object record, Node node, KeyPath place) {
        origins.put(record, new Origin(node, place));
    }

    /** The finding with its line; without one if its record is not in the file. */
    Problem locate(SettingsFinding finding) {
        Origin origin = origins.get(finding.at());
        KeyPath place = origin == null ? KeyPath.ROOT : origin.place();
        int line = origin == null ? 0 : line(origin.node(), finding.keys());
        for (String key : finding.keys()) {
            place = place.key(key);
        }
        return new Problem(line, place.in(finding.message()));
    }

    private static int line(Node from, List<String> keys) {
        Node at = from;
        int line = KeyPath.line(from);
        for (String key : keys) {
            Optional<MappingEntry> entry = at instanceof MappingNode mapping ? entry(mapping, key) : Optional.empty();
            if (entry.isEmpty()) {
                return line;
            }
            line = KeyPath.line(entry.get().keyNode());
            at = entry.get().value();
        }
        return line;
    }

    private static Optional<MappingEntry> entry(MappingNode mapping, String key) {
        return mapping.getValue().stream()
                .filter(tuple -> tuple.getKeyNode() instanceof ScalarNode scalar && scalar.getValue().equals(key))
                .map(tuple -> new MappingEntry(key, tuple.getKeyNode(), tuple.getValueNode()))
                .findFirst();
    }
}
