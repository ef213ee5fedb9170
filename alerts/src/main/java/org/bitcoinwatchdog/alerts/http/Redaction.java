package org.bitcoinwatchdog.alerts.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.events.SafeText;

/** Takes a sink's secrets out of a text that a server chose, and makes the text safe to show. */
final class Redaction {
    /** Shorter parts of a URL would take words out of ordinary sentences, and are no secrets. */
    private static final int SHORTEST = 6;
    private static final int LONGEST_EXCERPT = 200;

    private final List<String> secrets = new ArrayList<>();

    /** @param url of which all but the host may be a secret */
    Redaction(URI url, List<Secret> others) {
        add(url.toString());
        add(url.getRawPath());
        add(url.getPath());
        add(url.getRawQuery());
        add(url.getQuery());
        if (url.getRawPath() != null) {
            List.of(url.getRawPath().split("/")).forEach(this::add);
        }
        others.forEach(secret -> secret.reveal().lines().filter(line -> !line.isBlank()).forEach(secrets::add));
        secrets.sort((a, b) -> b.length() - a.length());
    }

    /** One line of at most 200 characters. */
    String excerpt(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, "***");
        }
        return SafeText.proseLine(clean, LONGEST_EXCERPT);
    }

    private void add(String secret) {
        if (secret != null && secret.length() >= SHORTEST) {
            secrets.add(secret);
        }
    }
}
