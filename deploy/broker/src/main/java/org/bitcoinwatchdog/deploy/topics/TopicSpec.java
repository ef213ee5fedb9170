package org.bitcoinwatchdog.deploy.topics;

import java.util.Map;
import java.util.TreeMap;

/**
 * A topic as it should be.
 *
 * @param settings the topic's own settings, under Kafka's names
 */
public record TopicSpec(String name, int partitions, Map<String, String> settings) {
    public TopicSpec {
        settings = java.util.Collections.unmodifiableMap(new TreeMap<>(settings));
    }
}
