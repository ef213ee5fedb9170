package org.bitcoinwatchdog.alerts.sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.bitcoinwatchdog.alerts.http.Secret;
import org.junit.jupiter.api.Test;

class WebhookSignatureTest {
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.ofEpochSecond(1614265330);

    /** The values are the test vector of the reference libraries (standard-webhooks/standard-webhooks, libraries/). */
    @Test
    void agreesWithTheReferenceLibraries() {
        Map<String, String> headers = new WebhookSignature(Secret.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
                .headers("msg_p5jXN8AQM9LWM0D4loKWxJek", NOW, BODY);
        assertThat(headers).containsExactly(
                Map.entry("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
                Map.entry("webhook-timestamp", "1614265330"),
                Map.entry("webhook-signature", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
    }

    @Test
    void severalKeysGiveSeveralSignatures() {
        String signatures = new WebhookSignature(Secret.of(
                "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n\nTmV3S2V5TmV3S2V5TmV3S2V5TmV3S2V5")).headers("id", NOW, BODY)
                .get("webhook-signature");
        assertThat(signatures.split(" ")).hasSize(2).allMatch(signature -> signature.startsWith("v1,"));
    }

    @Test
    void aKeyThatIsNoneIsRefusedWithoutBeingShown() {
        assertThatIllegalArgumentException().isThrownBy(() -> new WebhookSignature(Secret.of("whsec_!!!hush!!!")))
                .withMessage("a webhook's key is whsec_ and base64").withNoCause();
        assertThatIllegalArgumentException().isThrownBy(() -> new WebhookSignature(Secret.of("whsec_aHVzaA==")))
                .withMessage("a webhook's key has at least 16 bytes");
    }
}
