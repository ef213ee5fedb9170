package org.bitcoinwatchdog.deploy.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** With the example of the Standard Webhooks libraries' own tests. */
class StandardWebhookTest {
    private static final StandardWebhook WEBHOOK = new StandardWebhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final String TIMESTAMP = "1614265330";
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final Instant NOW = Instant.ofEpochSecond(1_614_265_330);

    @Test
    void takesAValidSignatureAmongOthers() {
        assertThat(WEBHOOK.fault(ID, TIMESTAMP, SIGNATURE, BODY, NOW)).isEmpty();
        assertThat(WEBHOOK.fault(ID, TIMESTAMP, "v1a,x v1,AAAA " + SIGNATURE, BODY, NOW)).isEmpty();
    }

    @Test
    void refusesWhatIsNotSignedOrChangedOrOld() {
        assertThat(WEBHOOK.fault(null, TIMESTAMP, SIGNATURE, BODY, NOW)).contains("it is not signed");
        assertThat(WEBHOOK.fault(ID, TIMESTAMP, null, BODY, NOW)).contains("it is not signed");
        assertThat(WEBHOOK.fault(ID, "soon", SIGNATURE, BODY, NOW)).contains("its timestamp is no number");
        assertThat(WEBHOOK.fault(ID, TIMESTAMP, SIGNATURE, new byte[] {1}, NOW)).contains("its signature is wrong");
        assertThat(WEBHOOK.fault("other", TIMESTAMP, SIGNATURE, BODY, NOW)).contains("its signature is wrong");
        assertThat(WEBHOOK.fault(ID, TIMESTAMP, SIGNATURE, BODY, NOW.plusSeconds(301))).contains("its timestamp is 301 s away");
    }

    @Test
    void keepsItsSecretOutOfText() {
        assertThat(WEBHOOK.toString()).doesNotContain("MfKQ");
    }
}
