package org.bitcoinwatchdog.deploy.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bitcoinwatchdog.deploy.config.ConfigurationException.Problem;
import org.snakeyaml.engine.v2.nodes.Node;

/** Collects all problems, to report them at once. */
final class Problems {
    private final List<Problem> all = new ArrayList<>();
    private final List<String> places = new ArrayList<>();

    /** Notes the problem; the empty result is the value that could not be bound. */
    <T> Optional<T> report(Node at, KeyPath place, String message) {
        all.add(new Problem(KeyPath.line(at), place.in(message)));
        places.add(place.path());
        return Optional.empty();
    }

    /** Whether nothing was reported at the key or below it. */
    boolean soundBelow(String path) {
        return places.stream().noneMatch(place -> place.startsWith(path));
    }

    List<Problem> all() {
        return List.copyOf(all);
    }
}
