package org.bitcoinwatchdog.deploy.console.model;

import java.util.ArrayDeque;
import java.util.List;

/** A node's latest lines, so that a stream doesn't begin empty. */
final class RecentLines {
    private final ArrayDeque<Line> lines = new ArrayDeque<>();

    void add(Line line) {
        if (lines.size() == Bounds.RECENT_LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    /** @param peer a peer's id, or null for all */
    List<Line> of(Long peer) {
        return lines.stream().filter(line -> peer == null || line.peer() == peer).toList();
    }
}
