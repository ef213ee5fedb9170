package org.bitcoinwatchdog.deploy.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** One key of a mapping with its value. */
record MappingEntry(String key, Node keyNode, Node value) {
    /** The mapping's entries in the file's order. Keys that are not text, and duplicate keys, are reported. */
    static Collection<MappingEntry> all(MappingNode mapping, KeyPath place, Problems problems) {
        Map<String, MappingEntry> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                problems.report(tuple.getKeyNode(), place, "expected a plain key");
                continue;
            }
            MappingEntry entry = new MappingEntry(scalar.getValue(), scalar, tuple.getValueNode());
            MappingEntry earlier = entries.putIfAbsent(entry.key(), entry);
            if (earlier != null) {
                problems.report(scalar, place.key(entry.key()),
                        "duplicate key, first defined in line " + KeyPath.line(earlier.keyNode()));
            }
        }
        return entries.values();
    }
}
