package org.bitcoinwatchdog.deploy.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The receiver's side of Standard Webhooks (standardwebhooks.com): HMAC-SHA256 over {@code id.timestamp.body} in the
 * header {@code webhook-signature}, as {@code v1,base64}, several separated by spaces.
 *
 * @param secret {@code whsec_} and the key in base64
 */
public record StandardWebhook(String secret) {
    private static final String PREFIX = "whsec_";
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    public static StandardWebhook withNewSecret() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return new StandardWebhook(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    /** What is wrong with the signature; nothing where it is valid. */
    public Optional<String> fault(String id, String timestamp, String signatures, byte[] body, Instant now) {
        if (id == null || timestamp == null || signatures == null) {
            return Optional.of("it is not signed");
        }
        if (!timestamp.matches("\\d{1,12}")) {
            return Optional.of("its timestamp is no number");
        }
        Duration age = Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs();
        if (age.compareTo(CLOCK_TOLERANCE) > 0) {
            return Optional.of("its timestamp is " + age.toSeconds() + " s away");
        }
        byte[] expected = ("v1," + signature(id + "." + timestamp + ".", body)).getBytes(StandardCharsets.UTF_8);
        for (String signature : signatures.split(" ")) {
            if (MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8))) {
                return Optional.empty();
            }
        }
        return Optional.of("its signature is wrong");
    }

    private String signature(String prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(PREFIX.length())), "HmacSHA256"));
            mac.update(prefix.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    @Override
    public String toString() {
        return "StandardWebhook";
    }
}
