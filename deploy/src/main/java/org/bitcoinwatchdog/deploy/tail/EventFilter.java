package org.bitcoinwatchdog.deploy.tail;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.MessageTypes;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Peer;
import org.bitcoinwatchdog.events.Spelling;

/**
 * Selects the events to show. Heartbeats need {@code --type heartbeat}.
 *
 * @param nodes empty: all
 * @param types message types ({@code inv}) and tracepoints ({@code validation:block_connected}, {@code block_connected});
 *              empty: all
 * @param peers ids and addresses, with or without port; empty: all
 */
public record EventFilter(Set<String> nodes, Set<String> types, Set<String> peers) {
    public EventFilter {
        nodes = Set.copyOf(nodes);
        types = Set.copyOf(types);
        peers = Set.copyOf(peers);
    }

    /** @return why no event has that type, with an example; empty if one may have it */
    public static Optional<String> problemOfType(String type) {
        List<String> bodies = NodeEvent.getDescriptor().getOneofs().get(0).getFields().stream().map(FieldDescriptor::getName).toList();
        if (MessageTypes.KNOWN.contains(type) || bodies.stream().anyMatch(body -> letters(type).endsWith(letters(body)))) {
            return Optional.empty();
        }
        List<String> known = Stream.concat(MessageTypes.KNOWN.stream(), bodies.stream()).toList();
        return Optional.of("'" + type + "' is neither a message type nor a tracepoint"
                + Spelling.nearest(type, known).map(nearest -> ", did you mean " + nearest + "?").orElse(".")
                + " Use for example inv, addrv2, net:inbound_connection, validation:block_connected, heartbeat");
    }

    boolean wantsNode(NodeEvent event) {
        return nodes.isEmpty() || nodes.contains(event.getNode());
    }

    boolean wants(NodeEvent event) {
        return wantsNode(event) && wantsType(event) && (peers.isEmpty() || peer(event).map(this::wantsPeer).orElse(false));
    }

    private boolean wantsType(NodeEvent event) {
        if (types.isEmpty()) {
            return !event.hasHeartbeat();
        }
        Optional<Message> message = EventText.message(event);
        return message.isPresent() && types.contains(message.get().getType())
                || EventText.body(event).map(this::wantsBody).orElse(false);
    }

    /** The contract writes {@code utxo_cache_flush} for {@code utxocache:flush}. */
    private boolean wantsBody(FieldDescriptor body) {
        return types.stream().anyMatch(type -> letters(type).endsWith(letters(body.getName())));
    }

    private boolean wantsPeer(Peer peer) {
        String address = peer.getAddress();
        int port = address.lastIndexOf(':');
        return peers.contains(Long.toString(peer.getId())) || peers.contains(address)
                || port > 0 && peers.contains(address.substring(0, port));
    }

    private static Optional<Peer> peer(NodeEvent event) {
        return switch (event.getBodyCase()) {
            case INBOUND_CONNECTION -> Optional.of(event.getInboundConnection().getPeer());
            case OUTBOUND_CONNECTION -> Optional.of(event.getOutboundConnection().getPeer());
            case EVICTED_INBOUND_CONNECTION -> Optional.of(event.getEvictedInboundConnection().getPeer());
            case CLOSED_CONNECTION -> Optional.of(event.getClosedConnection().getPeer());
            case MISBEHAVING_CONNECTION ->
                    Optional.of(Peer.newBuilder().setId(event.getMisbehavingConnection().getPeerId()).build());
            default -> EventText.message(event).map(Message::getPeer);
        };
    }

    private static String letters(String name) {
        StringBuilder letters = new StringBuilder(name.length());
        for (char character : name.toLowerCase(Locale.ROOT).toCharArray()) {
            if (character >= 'a' && character <= 'z') {
                letters.append(character);
            }
        }
        return letters.toString();
    }
}
