package org.bitcoinwatchdog.agent;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.agent.kernel.Tracepoint;

/**
 * Changes to the default choice of tracepoints, by name ({@code utxocache:add}) or provider ({@code coin_selection:*}).
 *
 * @param add      attached although off by default
 * @param leaveOut not attached although on by default
 */
public record TracepointSettings(Set<String> add, Set<String> leaveOut) {
    public TracepointSettings {
        add = Set.copyOf(add);
        leaveOut = Set.copyOf(leaveOut);
        add.forEach(TracepointSettings::named);
        leaveOut.forEach(TracepointSettings::named);
    }

    public static TracepointSettings defaults() {
        return new TracepointSettings(Set.of(), Set.of());
    }

    /** The tracepoints to attach, in the table's order. */
    public Set<Tracepoint> chosen() {
        Set<Tracepoint> chosen = new TreeSet<>();
        for (Tracepoint tracepoint : Tracepoint.values()) {
            if (tracepoint.onByDefault()) {
                chosen.add(tracepoint);
            }
        }
        add.forEach(name -> chosen.addAll(named(name)));
        leaveOut.forEach(name -> chosen.removeAll(named(name)));
        return chosen;
    }

    private static Set<Tracepoint> named(String name) {
        Set<Tracepoint> matching = Tracepoint.matching(name);
        if (matching.isEmpty()) {
            throw new IllegalArgumentException("unknown tracepoint " + name + ". Use one of "
                    + Set.of(Tracepoint.values()).stream().map(Tracepoint::fullName).sorted()
                            .collect(Collectors.joining(", ")));
        }
        return matching;
    }
}
