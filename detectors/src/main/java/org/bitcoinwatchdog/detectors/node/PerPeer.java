package org.bitcoinwatchdog.detectors.node;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;

/** A value for each peer, kept while its connection is open. */
public final class PerPeer<T> {
    /** More than the connections that Core allows. So a peer whose end was missed does not stay forever. */
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

    /** @return whether there was a value */
    public boolean clear() {
        boolean any = !peers.isEmpty();
        peers.clear();
        return any;
    }

    /** @return whether any peer was removed */
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
