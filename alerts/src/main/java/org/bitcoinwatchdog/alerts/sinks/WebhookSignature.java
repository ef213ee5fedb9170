package org.bitcoinwatchdog.alerts.sinks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bitcoinwatchdog.alerts.http.Secret;

/**
 * Signs and checks webhooks as Standard Webhooks 1.0 asks (standard-webhooks/standard-webhooks, spec/standard-webhooks.md):
 * HMAC-SHA256 over id, time and body. Several keys, one a line, give several signatures, so that a key can be changed
 * without a gap.
 */
public final class WebhookSignature {
    private static final String PREFIX = "whsec_";
    /** The specification asks for 24 to 64 bytes. A shorter key was probably copied incompletely. */
    private static final int SHORTEST_KEY_BYTES = 16;
    private static final int NEW_KEY_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private final List<SecretKeySpec> keys;

    /** @throws IllegalArgumentException if a line is not a key */
    public WebhookSignature(Secret secret) {
        keys = secret.reveal().lines().map(String::strip).filter(line -> !line.isEmpty()).map(WebhookSignature::key).toList();
    }

    /** A random key as the specification writes it. */
    public static Secret newSecret() {
        byte[] key = new byte[NEW_KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return Secret.of(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /** The three headers of the specification. */
    Map<String, String> headers(String id, Instant now, byte[] body) {
        long seconds = now.getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", Long.toString(seconds));
        headers.put("webhook-signature",
                keys.stream().map(key -> sign(key, id, seconds, body)).collect(Collectors.joining(" ")));
        return headers;
    }

    /** What is wrong with the three headers of a request, null if one is missing; empty if a signature is valid. */
    public Optional<String> fault(String id, String timestamp, String signatures, byte[] body, Instant now) {
        if (id == null || timestamp == null || signatures == null) {
            return Optional.of("it is not signed");
        }
        if (!timestamp.matches("\\d{1,12}")) {
            return Optional.of("its timestamp is not a number");
        }
        long seconds = Long.parseLong(timestamp);
        Duration age = Duration.between(Instant.ofEpochSecond(seconds), now).abs();
        if (age.compareTo(CLOCK_TOLERANCE) > 0) {
            return Optional.of("its timestamp is " + age.toSeconds() + " s away");
        }
        List<byte[]> valid = keys.stream().map(key -> sign(key, id, seconds, body).getBytes(StandardCharsets.UTF_8)).toList();
        boolean signed = Stream.of(signatures.split(" ")).map(given -> given.getBytes(StandardCharsets.UTF_8))
                .anyMatch(given -> valid.stream().anyMatch(signature -> MessageDigest.isEqual(signature, given)));
        return signed ? Optional.empty() : Optional.of("its signature is wrong");
    }

    private static String sign(SecretKeySpec key, String id, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    private static SecretKeySpec key(String line) {
        byte[] key;
        try {
            key = Base64.getDecoder().decode(line.startsWith(PREFIX) ? line.substring(PREFIX.length()) : line);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the key of a webhook must be whsec_ and base64");
        }
        if (key.length < SHORTEST_KEY_BYTES) {
            throw new IllegalArgumentException("the key of a webhook must have at least " + SHORTEST_KEY_BYTES + " bytes");
        }
        return new SecretKeySpec(key, ALGORITHM);
    }
}
