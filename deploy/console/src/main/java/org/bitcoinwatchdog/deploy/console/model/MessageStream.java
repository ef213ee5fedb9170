package org.bitcoinwatchdog.deploy.console.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines of one node, or of one of its peers, on the way to one reader. A reader that is too slow misses the oldest lines,
 * and learns how many.
 */
public final class MessageStream {
    /** @param missed lines before these that were dropped */
    public record WaitingLines(List<Line> lines, long missed) {
    }

    private final String node;
    private final Long peer;
    private final ArrayDeque<Line> waiting = new ArrayDeque<>();
    private long missed;

    MessageStream(String node, Long peer, List<Line> before) {
        this.node = node;
        this.peer = peer;
        waiting.addAll(before);
    }

    boolean wants(String itsNode) {
        return node.equals(itsNode);
    }

    synchronized void offer(Line line) {
        if (peer != null && line.peer() != peer) {
            return;
        }
        if (waiting.size() == ConsoleLimits.WAITING_LINES) {
            waiting.removeFirst();
            missed++;
        }
        waiting.addLast(line);
    }

    /** What has come since the last call. */
    public synchronized WaitingLines take() {
        WaitingLines batch = new WaitingLines(new ArrayList<>(waiting), missed);
        waiting.clear();
        missed = 0;
        return batch;
    }

    /** A node's latest lines, so that a stream doesn't begin empty. */
    static final class RecentLines {
        private final ArrayDeque<Line> lines = new ArrayDeque<>();

        void add(Line line) {
            if (lines.size() == ConsoleLimits.RECENT_LINES) {
                lines.removeFirst();
            }
            lines.addLast(line);
        }

        /** @param peer a peer's id, or null for all */
        List<Line> of(Long peer) {
            return lines.stream().filter(line -> peer == null || line.peer() == peer).toList();
        }
    }
}
