package org.bitcoinwatchdog.alerts.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.bitcoinwatchdog.alerts.notification.SendOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptanceTest {
    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void onlySuccessIsDelivered(int status) {
        assertThat(Delivery.Acceptance.of(States.answered(status))).isEqualTo(Delivery.Acceptance.DELIVERED);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504, 599})
    void anOverloadedOrBrokenSinkIsTriedAgain(int status) {
        assertThat(Delivery.Acceptance.of(States.answered(status))).isEqualTo(Delivery.Acceptance.RETRY);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 301, 302, 307, 308, 400, 401, 403, 404, 410, 418, 422})
    void anyOtherAnswerIsFinal(int status) {
        assertThat(Delivery.Acceptance.of(States.answered(status))).isEqualTo(Delivery.Acceptance.UNDELIVERABLE);
    }

    @Test
    void noAnswerIsTriedAgainAndARefusalIsNot() {
        assertThat(Delivery.Acceptance.of(new SendOutcome.Unreachable("gone"))).isEqualTo(Delivery.Acceptance.RETRY);
        assertThat(Delivery.Acceptance.of(new SendOutcome.Refused("internal"))).isEqualTo(Delivery.Acceptance.UNDELIVERABLE);
    }
}
