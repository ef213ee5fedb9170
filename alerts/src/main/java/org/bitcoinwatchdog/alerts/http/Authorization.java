package org.bitcoinwatchdog.alerts.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * How a client shows who it is, in the header of that name.
 *
 * @param header  its value
 * @param secrets what of it no text may hold
 */
public record Authorization(Secret header, List<Secret> secrets) {
    public Authorization {
        secrets = List.copyOf(secrets);
    }

    /** RFC 6750. */
    public static Authorization bearer(Secret token) {
        return new Authorization(Secret.of("Bearer " + token.reveal()), List.of(token));
    }

    /** RFC 7617. */
    public static Authorization basic(String username, Secret password) {
        Secret credentials = Secret.of(Base64.getEncoder().encodeToString(
                (username + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8)));
        return new Authorization(Secret.of("Basic " + credentials.reveal()), List.of(password, credentials));
    }
}
