package org.bitcoinwatchdog.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RunningKernelTest {
    private static final String OPEN = "[none] integrity confidentiality\n";

    @Test
    void aKernelWithoutAttachCookiesIsTooOld() {
        assertThat(new RunningKernel("5.10.0-32-amd64", OPEN).obstacle()).hasValueSatisfying(obstacle ->
                assertThat(obstacle).contains("5.10.0-32-amd64 is too old", "5.15"));
        assertThat(new RunningKernel("5.15.0", OPEN).obstacle()).isEmpty();
        assertThat(new RunningKernel("unknown", OPEN).obstacle()).isEmpty();
    }

    @Test
    void onlyConfidentialityStandsInTheWay() {
        assertThat(new RunningKernel("6.12.107+deb13-amd64", "none integrity [confidentiality]\n").obstacle())
                .hasValueSatisfying(obstacle -> assertThat(obstacle).contains("lockdown=integrity"));
        assertThat(new RunningKernel("6.12.107+deb13-amd64", "none [integrity] confidentiality\n").obstacle()).isEmpty();
        assertThat(new RunningKernel("6.12.107+deb13-amd64", "").obstacle()).isEmpty();
    }
}
