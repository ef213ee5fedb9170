package org.bitcoinwatchdog.deploy.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.bitcoinwatchdog.deploy.doctor.Finding.Health;
import org.junit.jupiter.api.Test;

class KernelExaminationTest {
    @Test
    void asksForAKernelWithRingBuffers() {
        assertThat(KernelExamination.kernel("5.4.0-150-generic").health()).isEqualTo(Health.OBSTACLE);
        assertThat(KernelExamination.kernel("5.8.0").health()).isEqualTo(Health.OK);
        assertThat(KernelExamination.kernel("6.1.0-18-amd64").health()).isEqualTo(Health.OK);
        assertThat(KernelExamination.kernel("unknown").health()).isEqualTo(Health.WARN);
    }

    @Test
    void takesEitherSetOfCapabilities() {
        assertThat(KernelExamination.capabilities("000001ffffffffff").health()).isEqualTo(Health.OK);
        assertThat(KernelExamination.capabilities("000000c000000000").detail()).isEqualTo("CAP_BPF and CAP_PERFMON");
        assertThat(KernelExamination.capabilities("0000000000200000").detail()).isEqualTo("CAP_SYS_ADMIN");
    }

    @Test
    void namesTheRemedyWhereCapabilitiesAreMissing() {
        assertThat(KernelExamination.capabilities("0000008000000000"))
                .returns(Health.OBSTACLE, Finding::health)
                .satisfies(finding -> assertThat(finding.remedy()).contains("CAP_BPF and CAP_PERFMON"));
    }
}
