package org.bitcoinwatchdog.deploy.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects what is wrong, so that all of it is told at once. */
final class Problems {
    private final List<Problem> all = new ArrayList<>();

    /** Notes the problem; the empty result is the value that could not be bound. */
    <T> Optional<T> report(Node at, Place place, String message) {
        all.add(new Problem(Place.line(at), place.in(message)));
        return Optional.empty();
    }

    List<Problem> all() {
        return List.copyOf(all);
    }
}
