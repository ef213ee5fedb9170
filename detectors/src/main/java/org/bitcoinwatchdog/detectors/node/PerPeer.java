package org.bitcoinwatchdog.detectors.node;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;

/** Something that is kept for each peer while its connection is open. */
public final class PerPeer<T> {
    /** More than Core has connections; a peer that was missed when it left does not stay for ever. */
    private static final int MOST = 1_024;

    private final Supplier<T> make;
    private final Map<Long, T> peers = new HashMap<>();

    public PerPeer(Supplier<T> make) {
        this.make = make;
    }

    public T of(long id) {
        T known = peers.get(id);
        if (known != null) {
            return known;
        }
        if (peers.size() >= MOST) {
            peers.clear();
        }
        T made = make.get();
        peers.put(id, made);
        return made;
    }

    public Collection<T> values() {
        return peers.values();
    }

    public Map<Long, T> byId() {
        return peers;
    }

    /** @return whether there was anything */
    public boolean clear() {
        boolean any = !peers.isEmpty();
        peers.clear();
        return any;
    }

    /** @return whether any peer was gone */
    public boolean forgetThoseGone(Peers open) {
        return peers.keySet().removeIf(id -> open.find(id).isEmpty());
    }

    public void save(StateWriter out, BiConsumer<T, StateWriter> write) {
        out.each(peers.entrySet(), (entry, to) -> {
            to.number(entry.getKey());
            write.accept(entry.getValue(), to);
        });
    }

    public void restore(StateReader in, Function<StateReader, T> read) {
        in.each(from -> peers.put(from.number(), read.apply(from)));
    }
}
