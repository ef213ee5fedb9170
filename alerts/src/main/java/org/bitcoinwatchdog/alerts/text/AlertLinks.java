package org.bitcoinwatchdog.alerts.text;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.events.Alert;

/** Where a message about an alert leads: the alert in the console, a form that silences it, and its section of the runbook. */
public final class AlertLinks {
    private AlertLinks() {
    }

    /** @param console address of the console; empty: there is no link into it */
    public static Optional<String> page(Optional<URI> console, Alert alert) {
        return console.map(url -> below(url) + "#/alerts/" + alert.fingerprint());
    }

    /**
     * By the words that people click on. A resolved alert can't be silenced.
     *
     * @param console address of the console; empty: only the runbook
     */
    public static Map<String, String> of(Optional<URI> console, Alert alert) {
        Map<String, String> links = new LinkedHashMap<>();
        page(console, alert).ifPresent(page -> links.put("Open", page));
        if (alert.firing()) {
            console.ifPresent(url -> links.put("Silence", below(url) + "#/silences?alert=" + alert.fingerprint()));
        }
        AlertFacts.runbook(alert).ifPresent(url -> links.put("Runbook", url.toString()));
        return links;
    }

    private static String below(URI console) {
        String url = console.toString();
        return url.endsWith("/") ? url : url + "/";
    }
}
