package org.bitcoinwatchdog.deploy.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class RulesTest {
    @Test
    void everyAlertSaysHowSevereItIsAndWhatItMeans() {
        for (RuleFiles.Rule rule : RuleFiles.rules()) {
            if (rule.alert().isPresent()) {
                assertThat(((Map<?, ?>) rule.yaml().get("labels")).get("severity")).as(rule.alert().get())
                        .isIn("page", "warn", "info");
                assertThat(((Map<?, ?>) rule.yaml().get("annotations")).keySet()).as(rule.alert().get())
                        .isEqualTo(Set.of("summary", "description"));
            }
        }
    }

    /** Needs Debian's package prometheus. */
    @Nested
    class WithPromtool {
        @BeforeEach
        void installed() {
            Programs.assumeInstalled("promtool", "prometheus");
        }

        @Test
        void rulesAndExampleAreValid() throws Exception {
            List<String> check = new ArrayList<>(List.of("promtool", "check", "rules", "--lint-fatal"));
            RuleFiles.files().forEach(file -> check.add(file.toString()));
            assertSucceeds(check);
            assertSucceeds(List.of("promtool", "check", "config", RuleFiles.DIRECTORY.resolve("prometheus.yml").toString()));
        }

        @Test
        void theyFireWhenTheyShould() throws Exception {
            assertSucceeds(List.of("promtool", "test", "rules",
                    Path.of("src", "test", "resources", "prometheus", "rules-test.yml").toString()));
        }

        private static void assertSucceeds(List<String> command) throws IOException, InterruptedException {
            Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes());
            assertThat(process.waitFor()).as(output).isZero();
        }
    }
}
