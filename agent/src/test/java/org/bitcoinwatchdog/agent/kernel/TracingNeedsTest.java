package org.bitcoinwatchdog.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class TracingNeedsTest {
    @Test
    void expectsOfAKernelWhatItsReleaseSays() {
        assertThat(expected("6.12.107+deb13-amd64").uprobeMulti()).isTrue();
        assertThat(expected("7.0.4").uprobeMulti()).isTrue();
        assertThat(expected("6.1.0-56-amd64").uprobeMulti()).isFalse();
        assertThat(expected("6.9.12").uprobeMulti()).isFalse();
        assertThat(expected("unknown").uprobeMulti()).isFalse();
    }

    @Test
    void anOldKernelsRemedyIsTheOneCapabilityThatIsEnoughThere() {
        TracingNeeds old = expected("6.1.0-56-amd64");
        assertThat(old.missing(Set.of())).containsExactly(Capability.CAP_SYS_ADMIN);
        assertThat(old.missing(Set.of(Capability.CAP_BPF, Capability.CAP_PERFMON))).containsExactly(Capability.CAP_SYS_ADMIN);
        assertThat(old.remedy()).contains("AmbientCapabilities=CAP_SYS_ADMIN;", "--ambient-caps=+sys_admin ");
    }

    private static TracingNeeds expected(String release) {
        return TracingNeeds.expected(new RunningKernel(release, ""));
    }
}
