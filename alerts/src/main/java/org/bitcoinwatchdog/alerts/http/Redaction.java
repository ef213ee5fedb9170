package org.bitcoinwatchdog.alerts.http;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.events.SafeText;

/** Removes the secrets of a sink from the text of a server, and makes the text safe to show. */
final class Redaction {
    /** Shorter parts of a URL are not secrets. Removing them would remove words of ordinary sentences. */
    private static final int SHORTEST = 6;
    private static final int LONGEST_EXCERPT = 200;

    private final List<String> secrets = new ArrayList<>();

    /** @param url all of it but the host may be a secret */
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
