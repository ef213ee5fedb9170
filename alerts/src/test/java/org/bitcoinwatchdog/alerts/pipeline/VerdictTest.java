package org.bitcoinwatchdog.alerts.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import org.bitcoinwatchdog.alerts.notification.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerdictTest {
    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202, 204})
    void onlySuccessIsDelivered(int status) {
        assertThat(Verdict.of(States.answered(status))).isEqualTo(Verdict.DELIVERED);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504, 599})
    void anOverloadedOrBrokenSinkIsTriedAgain(int status) {
        assertThat(Verdict.of(States.answered(status))).isEqualTo(Verdict.RETRY);
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 301, 302, 307, 308, 400, 401, 403, 404, 410, 418, 422})
    void anyOtherAnswerIsFinal(int status) {
        assertThat(Verdict.of(States.answered(status))).isEqualTo(Verdict.UNDELIVERABLE);
    }

    @Test
    void noAnswerIsTriedAgainAndARefusalIsNot() {
        assertThat(Verdict.of(new Outcome.Unreachable("gone"))).isEqualTo(Verdict.RETRY);
        assertThat(Verdict.of(new Outcome.Refused("internal"))).isEqualTo(Verdict.UNDELIVERABLE);
    }
}
