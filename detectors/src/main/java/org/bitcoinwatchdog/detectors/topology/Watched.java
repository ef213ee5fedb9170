package org.bitcoinwatchdog.detectors.topology;

import java.util.List;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.NodeDigest;

/** What comes of watching a node. */
public sealed interface Watched {
    record Alerted(Alert alert) implements Watched {
        @Override
        public List<Alert> alerts() {
            return List.of(alert);
        }
    }

    record Digested(NodeDigest digest) implements Watched {
        @Override
        public List<NodeDigest> digests() {
            return List.of(digest);
        }
    }

    default List<Alert> alerts() {
        return List.of();
    }

    default List<NodeDigest> digests() {
        return List.of();
    }
}
