package org.bitcoinwatchdog.detectors.node;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.OutboundSides;

/**
 * On which chain each outbound peer is that Core chose: by the newest block that the peer announced or named in a locator, by
 * the form of its headers, and by the service bit of the chain with other headers. Heights tell nothing: both sides of a
 * split have similar ones. A peer that announced only common ancestors counts as on the node's chain.
 */
public final class PeerSides implements Stateful {
    /** Service bit of nodes on the chain whose headers have another form. */
    public static final long OTHER_FORM_SERVICE = 1L << 28;
    private static final int HEADERS = 256;
    private static final int CONNECTED = 16;

    private record OffHeader(BlockHash parent, int height) {
    }

    /** What one peer told last; {@code newest} is null before the first block. */
    private record Told(BlockHash newest, boolean otherForm) {
    }

    private final Map<Long, Told> told = new HashMap<>();
    /** Headers that the node has not connected, with their heights. */
    private final Map<BlockHash, OffHeader> headers = new LinkedHashMap<>();
    /** The last headers that it has connected: off its chain again after a reorganization. */
    private final Map<BlockHash, OffHeader> connected = new LinkedHashMap<>();
    /** Whether the node itself is on the chain with other headers. */
    private boolean ownOtherForm;
    private OutboundSides sides;
    private BlockHash sidesAtTip;
    private long sidesMembership = -1;

    /** @return whether anything changed */
    boolean on(NodeEvent event, Chain chain, Peers peers) {
        switch (event.getBodyCase()) {
            case BLOCK_CONNECTED -> {
                return connected(new BlockHash(event.getBlockConnected().getHash()), chain);
            }
            case OUTBOUND_MESSAGE -> {
                return event.getOutboundMessage().hasVersion() && own(event.getOutboundMessage().getVersion().getServices());
            }
            case INBOUND_MESSAGE -> {
                Message message = event.getInboundMessage();
                return tells(message) && slot(message.getPeer().getId(), peers) && take(message, event, chain);
            }
            default -> {
                return false;
            }
        }
    }

    private boolean connected(BlockHash hash, Chain chain) {
        OffHeader own = headers.remove(hash);
        if (own != null) {
            connected.put(hash, own);
        }
        boolean replaced = connected.entrySet().removeIf(each -> chain.blocks().heightOf(each.getKey()).isEmpty()
                && keep(each.getKey(), each.getValue()));
        if (connected.size() > CONNECTED) {
            connected.remove(connected.keySet().iterator().next());
        }
        return own != null || replaced;
    }

    private boolean keep(BlockHash hash, OffHeader header) {
        headers.putIfAbsent(hash, header);
        if (headers.size() > HEADERS) {
            headers.remove(headers.keySet().iterator().next());
        }
        return true;
    }

    private static boolean tells(Message message) {
        return switch (message.getPayloadCase()) {
            case HEADERS, BLOCK, VERSION, GET_HEADERS -> true;
            default -> false;
        };
    }

    private static boolean slot(long id, Peers peers) {
        return peers.find(id).filter(Peer::holdsOutboundSlot).isPresent();
    }

    private boolean own(long services) {
        boolean before = ownOtherForm;
        ownOtherForm = (services & OTHER_FORM_SERVICE) != 0;
        sides = before == ownOtherForm ? sides : null;
        return before != ownOtherForm;
    }

    private boolean take(Message message, NodeEvent event, Chain chain) {
        long id = message.getPeer().getId();
        Told before = told.get(id);
        Told now = switch (message.getPayloadCase()) {
            case VERSION -> new Told(null, (message.getVersion().getServices() & OTHER_FORM_SERVICE) != 0);
            case GET_HEADERS -> located(new BlockHash(message.getGetHeaders().getFirstLocatorHash()), before, chain);
            default -> announced(AnnouncedHeaders.in(event), message, before, chain);
        };
        if (now == null || now.equals(before)) {
            return false;
        }
        told.put(id, now);
        sides = null;
        return true;
    }

    private static Told located(BlockHash newest, Told before, Chain chain) {
        return chain.blocks().heightOf(newest).isPresent() ? new Told(newest, before != null && before.otherForm) : before;
    }

    private Told announced(List<BlockHeader> valid, Message message, Told before, Chain chain) {
        if (message.getHeaders().getOtherForm() > 0 || message.getBlock().getOtherForm()) {
            return new Told(before == null ? null : before.newest, true);
        }
        Told now = before;
        for (BlockHeader header : valid) {
            BlockHash hash = new BlockHash(header.getHash());
            if (chain.blocks().heightOf(hash).isPresent() || known(hash, new BlockHash(header.getPreviousHash()), chain)) {
                now = new Told(hash, before != null && before.otherForm);
            }
        }
        return now;
    }

    /** Whether the header's ancestors are known; keeps it then. */
    private boolean known(BlockHash hash, BlockHash parent, Chain chain) {
        OffHeader below = headers.get(parent);
        int height = below != null ? below.height + 1 : chain.blocks().heightOf(parent).orElse(-2) + 1;
        if (height < 0) {
            return headers.containsKey(hash);
        }
        return keep(hash, new OffHeader(parent, height));
    }

    /**
     * How many blocks the peer's chain has beside the node's; {@link Integer#MAX_VALUE} if its headers have another form; 0 if
     * it is on the node's chain or unknown.
     */
    public int offBlocks(long peer, Chain chain) {
        Told last = told.get(peer);
        if (last == null) {
            return 0;
        }
        return last.otherForm != ownOtherForm ? Integer.MAX_VALUE : last.newest == null ? 0 : offBlocks(last.newest, chain);
    }

    private int offBlocks(BlockHash newest, Chain chain) {
        OffHeader tip = headers.get(newest);
        BlockHash hash = newest;
        OffHeader lowest = tip;
        while (lowest != null && headers.containsKey(lowest.parent)) {
            hash = lowest.parent;
            lowest = headers.get(hash);
        }
        // Without a block of the node at that height, its own may be the same: its event was lost, or it is still to come.
        return lowest == null || !chain.blocks().holdsOther(lowest.height, hash) ? 0 : tip.height - lowest.height + 1;
    }

    /** The open outbound slots by side. Forgets peers that are gone. */
    public OutboundSides count(Chain chain, Peers peers) {
        BlockHash tip = chain.tip().map(Chain.Tip::hash).orElse(null);
        if (sides == null || sidesMembership != peers.slotMembership() || !Objects.equals(tip, sidesAtTip)) {
            sides = counted(chain, peers);
            sidesMembership = peers.slotMembership();
            sidesAtTip = tip;
        }
        return sides;
    }

    private OutboundSides counted(Chain chain, Peers peers) {
        told.keySet().removeIf(id -> peers.find(id).isEmpty());
        int on = 0;
        int off = 0;
        int unknown = 0;
        for (Peer peer : peers.open()) {
            if (peer.holdsOutboundSlot()) {
                Told last = told.get(peer.id());
                boolean beside = offBlocks(peer.id(), chain) > 0;
                off += beside ? 1 : 0;
                unknown += !beside && (last == null || last.newest == null) ? 1 : 0;
                on += !beside && last != null && last.newest != null ? 1 : 0;
            }
        }
        return OutboundSides.newBuilder().setOnChain(on).setOffChain(off).setUnknown(unknown).build();
    }

    @Override
    public String section() {
        return "peer-sides";
    }

    @Override
    public void save(StateWriter out) {
        out.version(1).flag(ownOtherForm);
        out.each(headers.entrySet(), (entry, to) -> to.bytes(entry.getKey().wire()).bytes(entry.getValue().parent.wire())
                .number(entry.getValue().height));
        out.each(connected.entrySet(), (entry, to) -> to.bytes(entry.getKey().wire()).bytes(entry.getValue().parent.wire())
                .number(entry.getValue().height));
        out.each(told.entrySet(), (entry, to) -> {
            Told last = entry.getValue();
            to.number(entry.getKey()).flag(last.otherForm).flag(last.newest != null);
            if (last.newest != null) {
                to.bytes(last.newest.wire());
            }
        });
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        ownOtherForm = in.flag();
        for (Map<BlockHash, OffHeader> kept : List.of(headers, connected)) {
            in.each(from -> kept.put(new BlockHash(from.byteString()), new OffHeader(new BlockHash(from.byteString()), from.integer())));
        }
        in.each(from -> {
            long id = from.number();
            boolean otherForm = from.flag();
            told.put(id, new Told(from.flag() ? new BlockHash(from.byteString()) : null, otherForm));
        });
    }
}
