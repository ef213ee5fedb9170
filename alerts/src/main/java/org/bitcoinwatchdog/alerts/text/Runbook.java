package org.bitcoinwatchdog.alerts.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.bitcoinwatchdog.events.Alert;

/** The address of an alert's runbook. */
public final class Runbook {
    private Runbook() {
    }

    /** The address, where it is one that can stand in a link. */
    public static Optional<URI> of(Alert alert) {
        return Optional.ofNullable(alert.annotations().get(Alert.RUNBOOK_URL))
                .filter(url -> url.matches("https?://[!#-;=?-{}~]+"))
                .flatMap(Runbook::uri);
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
