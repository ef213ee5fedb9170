package org.bitcoinwatchdog.deploy.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.bitcoinwatchdog.agent.kernel.Capability;
import org.bitcoinwatchdog.agent.kernel.RunningKernel;
import org.bitcoinwatchdog.agent.kernel.TracingNeeds;
import org.bitcoinwatchdog.deploy.doctor.DoctorFinding.Health;
import org.junit.jupiter.api.Test;

class KernelExaminationTest {
    @Test
    void asksForAKernelWithAttachCookies() {
        assertThat(KernelExamination.kernel(new RunningKernel("5.10.0-150-generic", "")).health()).isEqualTo(Health.OBSTACLE);
        assertThat(KernelExamination.kernel(new RunningKernel("5.15.0", "")).health()).isEqualTo(Health.OK);
        assertThat(KernelExamination.kernel(new RunningKernel("6.1.0-18-amd64", "")).health()).isEqualTo(Health.OK);
        assertThat(KernelExamination.kernel(new RunningKernel("unknown", "")).health()).isEqualTo(Health.WARN);
    }

    @Test
    void takesTheCapabilitiesThatTheKernelAsksForOrTheOneThatStandsForAll() {
        TracingNeeds few = new TracingNeeds(true);
        TracingNeeds all = new TracingNeeds(false);
        assertThat(KernelExamination.capabilities(few, Capability.of("000000c000000000")).health()).isEqualTo(Health.OK);
        assertThat(KernelExamination.capabilities(few, Capability.of("0000000000200000")).health()).isEqualTo(Health.OK);
        assertThat(KernelExamination.capabilities(all, Capability.of("0000000000200000")).health()).isEqualTo(Health.OK);
        assertThat(KernelExamination.capabilities(all, Capability.of("000000c000000000")).health()).isEqualTo(Health.OBSTACLE);
    }

    @Test
    void namesTheRemedyWhereCapabilitiesAreMissing() {
        assertThat(KernelExamination.capabilities(new TracingNeeds(true), Capability.of("0000008000000000")))
                .returns(Health.OBSTACLE, DoctorFinding::health)
                .satisfies(finding -> assertThat(finding.remedy()).contains("AmbientCapabilities=CAP_PERFMON CAP_BPF"));
    }
}
