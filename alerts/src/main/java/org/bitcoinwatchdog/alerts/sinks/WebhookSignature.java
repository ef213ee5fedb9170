package org.bitcoinwatchdog.alerts.sinks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bitcoinwatchdog.alerts.http.Secret;

/**
 * Signs a webhook after Standard Webhooks 1.0 (standard-webhooks/standard-webhooks, spec/standard-webhooks.md):
 * HMAC-SHA256 over id, time and body. Several keys, one a line, give several signatures, so that a key can be changed
 * without a gap.
 */
final class WebhookSignature {
    private static final String PREFIX = "whsec_";
    /** The specification asks for 24 to 64 bytes; a short key is one that was pasted incompletely. */
    private static final int SHORTEST_KEY_BYTES = 16;
    private static final String ALGORITHM = "HmacSHA256";

    private final List<SecretKeySpec> keys;

    /** @throws IllegalArgumentException where a line is no key */
    WebhookSignature(Secret secret) {
        keys = secret.reveal().lines().map(String::strip).filter(line -> !line.isEmpty()).map(WebhookSignature::key).toList();
    }

    /** The three headers of the specification. */
    Map<String, String> headers(String id, Instant now, byte[] body) {
        long seconds = now.getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(seconds));
        headers.put("webhook-signature",
                keys.stream().map(key -> "v1," + sign(key, id, seconds, body)).collect(Collectors.joining(" ")));
        return headers;
    }

    private static String sign(SecretKeySpec key, String id, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static SecretKeySpec key(String line) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(line.startsWith(PREFIX) ? line.substring(PREFIX.length()) : line);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a webhook's key is whsec_ and base64");
        }
        if (key.length < SHORTEST_KEY_BYTES) {
            throw new IllegalArgumentException("a webhook's key has at least " + SHORTEST_KEY_BYTES + " bytes");
        }
        return new SecretKeySpec(key, ALGORITHM);
    }
}
