package org.bitcoinwatchdog.deploy.console.http;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parameters of a request. */
final class Query {
    private final Map<String, String> parameters = new HashMap<>();

    /** @throws IllegalArgumentException where it is not encoded as a query is */
    Query(URI uri) {
        String raw = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        for (String pair : raw.split("&", 16)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isEmpty());
    }

    /** @throws IllegalArgumentException where it is no number */
    Optional<Long> number(String name) {
        return text(name).map(Long::valueOf);
    }
}
