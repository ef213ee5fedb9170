package org.bitcoinwatchdog.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MainTest {
    @Test
    void speaksOneLanguageWhateverTheHostsIs() throws IOException, InterruptedException {
        String english = replay("en", "US");

        assertThat(english).contains("OutboundConcentration");
        assertThat(replay("ar", "EG")).isEqualTo(english);
    }

    private static String replay(String language, String country) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
                "-Duser.language=" + language, "-Duser.country=" + country, "-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8",
                "-cp", System.getProperty("java.class.path"), Main.class.getName(), "replay", "eclipse_dev")
                .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return out;
    }
}
