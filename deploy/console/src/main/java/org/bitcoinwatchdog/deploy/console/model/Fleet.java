package org.bitcoinwatchdog.deploy.console.model;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.bitcoinwatchdog.deploy.console.model.FleetView.NodeRow;
import org.bitcoinwatchdog.events.NodeDigest;
import org.bitcoinwatchdog.events.NodeEvent;

/** The nodes, folded from the topics by one thread for each topic and read by pages. One lock protects all of it. */
public final class Fleet {
    private final Clock clock;
    private final AutonomousSystems systems;
    private final Map<String, NodeState> nodes = new TreeMap<>();
    private final List<MessageStream> streams = new CopyOnWriteArrayList<>();
    /** The latest nodes that are no longer followed: events that come late do not bring them back. */
    private final Set<String> unfollowed = new LinkedHashSet<>();
    private final Consumer<String> onUnfollowed;
    private long refused;

    public Fleet(Clock clock, AutonomousSystems systems) {
        this(clock, systems, name -> { });
    }

    /** @param onUnfollowed is called with the name of each node that is no longer followed */
    public Fleet(Clock clock, AutonomousSystems systems, Consumer<String> onUnfollowed) {
        this.clock = clock;
        this.systems = systems;
        this.onUnfollowed = onUnfollowed;
    }

    public void fold(NodeEvent event) {
        fold(event, clock.instant());
    }

    /** @param heard when the node spoke, for an event that waited in the topic before the console started */
    public void fold(NodeEvent event, Instant heard) {
        if (event.hasNodeUnfollowed()) {
            forget(event.getNode());
            return;
        }
        Line line;
        synchronized (this) {
            if (event.hasNodeStarted()) {
                unfollowed.remove(event.getNode());
            }
            NodeState node = unfollowed.contains(event.getNode()) ? null : node(event.getNode());
            line = node == null ? null : node.fold(event, heard);
        }
        if (line != null) {
            for (MessageStream stream : streams) {
                if (stream.wants(event.getNode())) {
                    stream.offer(line);
                }
            }
        }
    }

    /** The detectors decide whether a node is followed: any other digest makes the node known again. */
    public void fold(NodeDigest digest, Instant heard) {
        if (digest.getUnfollowed()) {
            forget(digest.getNode());
            return;
        }
        synchronized (this) {
            unfollowed.remove(digest.getNode());
            NodeState node = node(digest.getNode());
            if (node != null) {
                node.fold(digest, heard);
            }
        }
    }

    private void forget(String name) {
        synchronized (this) {
            nodes.remove(name);
            if (!isAcceptable(name) || !unfollowed.add(name)) {
                return;
            }
            if (unfollowed.size() > ConsoleLimits.NODES) {
                unfollowed.remove(unfollowed.iterator().next());
            }
        }
        onUnfollowed.accept(name);
    }

    public synchronized FleetView view() {
        Instant now = clock.instant();
        Map<String, Integer> best = bestHeights();
        List<NodeRow> rows = nodes.values().stream()
                .map(node -> node.row(now, best.getOrDefault(node.network(), 0)))
                .sorted(Comparator.comparing(NodeRow::name))
                .toList();
        return new FleetView(now.toEpochMilli(), rows, NodeChain.networks(nodes.values().stream().map(node -> node.chain(now)).toList()), refused);
    }

    public synchronized Optional<NodeView> node(String name, Instant now) {
        return Optional.ofNullable(nodes.get(name))
                .map(node -> node.view(now, bestHeights().getOrDefault(node.network(), 0)));
    }

    /** See {@link AddressesSeen#slash16sInBase64()}. */
    public synchronized Optional<String> slash16sInBase64(String name) {
        return Optional.ofNullable(nodes.get(name)).map(NodeState::slash16sInBase64);
    }

    /** @param peer a peer's id, or null for all of the node's */
    public MessageStream follow(String name, Long peer) {
        synchronized (this) {
            NodeState node = nodes.get(name);
            MessageStream stream = new MessageStream(name, peer, node == null ? List.of() : node.recent().of(peer));
            streams.add(stream);
            return stream;
        }
    }

    public void unfollow(MessageStream stream) {
        streams.remove(stream);
    }

    /** How many streams {@link #follow} gave that have not ended. */
    public int followers() {
        return streams.size();
    }

    private NodeState node(String name) {
        NodeState known = nodes.get(name);
        if (known == null && nodes.size() < ConsoleLimits.NODES && isAcceptable(name)) {
            known = new NodeState(name, systems);
            nodes.put(name, known);
        } else if (known == null) {
            refused++;
        }
        return known;
    }

    private static boolean isAcceptable(String name) {
        return !name.isEmpty() && name.length() <= ConsoleLimits.TEXT;
    }

    private Map<String, Integer> bestHeights() {
        Map<String, Integer> best = new HashMap<>();
        for (NodeState node : nodes.values()) {
            if (node.tip() != null) {
                best.merge(node.network(), node.tip().height(), Math::max);
            }
        }
        return best;
    }
}
