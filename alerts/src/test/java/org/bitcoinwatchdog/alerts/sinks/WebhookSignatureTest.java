package org.bitcoinwatchdog.alerts.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.http.Secret;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.ofEpochSecond(1614265330);
    private static final Secret SECRET = Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String TIMESTAMP = "1614265330";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    /** The values are the test vector of the reference libraries (standard-webhooks/standard-webhooks, libraries/). */
    @Test
    void agreesWithTheReferenceLibraries() {
        Map<String, String> headers = new WebhookSignature(SECRET).headers(ID, NOW, BODY);
        assertThat(headers).containsExactly(
                Map.entry("webhook-id", ID),
                Map.entry("webhook-timestamp", TIMESTAMP),
                Map.entry("webhook-signature", SIGNATURE));
    }

    @Test
    void severalKeysGiveSeveralSignatures() {
        String signatures = new WebhookSignature(Secret.of(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n\nTmV3S2V5TmV3S2V5TmV3S2V5TmV3S2V5")).headers("id", NOW, BODY)
                .get("webhook-signature");
        assertThat(signatures.split(" ")).hasSize(2).allMatch(signature -> signature.startsWith("v1,"));
    }

    @Test
    void takesAValidSignatureAmongOthers() {
        assertThat(fault(ID, TIMESTAMP, SIGNATURE, BODY, NOW)).isEmpty();
        assertThat(fault(ID, TIMESTAMP, "v1a,x v1,AAAA " + SIGNATURE, BODY, NOW)).isEmpty();
    }

    @Test
    void refusesUnsignedChangedAndOldRequests() {
        assertThat(fault(null, TIMESTAMP, SIGNATURE, BODY, NOW)).contains("it is not signed");
        assertThat(fault(ID, TIMESTAMP, null, BODY, NOW)).contains("it is not signed");
        assertThat(fault(ID, "soon", SIGNATURE, BODY, NOW)).contains("its timestamp is not a number");
        assertThat(fault(ID, TIMESTAMP, SIGNATURE, new byte[] {1}, NOW)).contains("its signature is wrong");
        assertThat(fault("other", TIMESTAMP, SIGNATURE, BODY, NOW)).contains("its signature is wrong");
        assertThat(fault(ID, TIMESTAMP, SIGNATURE, BODY, NOW.plusSeconds(301))).contains("its timestamp is 301 s away");
    }

    @Test
    void aNewSecretSignsAndChecks() {
        WebhookSignature signature = new WebhookSignature(WebhookSignature.newSecret());
        Map<String, String> headers = signature.headers(ID, NOW, BODY);
        assertThat(signature.fault(ID, headers.get("webhook-timestamp"), headers.get("webhook-signature"), BODY, NOW)).isEmpty();
    }

    private static Optional<String> fault(String id, String timestamp, String signatures, byte[] body, Instant now) {
        return new WebhookSignature(SECRET).fault(id, timestamp, signatures, body, now);
    }

    @Test
    void anInvalidKeyIsRefusedWithoutBeingShown() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WebhookSignature(Secret.of("whsec_!!!hush!!!")))
                .withMessage("the key of a webhook must be whsec_ and base64").withNoCause();
        assertThatIllegalArgumentException().isThrownBy(() -> new WebhookSignature(Secret.of("whsec_aHVzaA==")))
                .withMessage("the key of a webhook must have at least 16 bytes");
    }
}
