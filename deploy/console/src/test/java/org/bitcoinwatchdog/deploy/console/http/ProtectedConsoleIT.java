package org.bitcoinwatchdog.deploy.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.bitcoinwatchdog.deploy.http.HttpSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtectedConsoleIT {
    private static final String TOKEN = "correct-horse-battery";

    @TempDir
    Path directory;

    @Test
    void aTokenIsAskedForOnLoopbackTooWhereItIsSet() throws IOException {
        Path file = Files.writeString(directory.resolve("token"), TOKEN);
        try (ServedConsole console = new ServedConsole(new HttpSettings("127.0.0.1:0", Optional.of(file), Optional.empty(), Set.of(), false))) {
            Request.Response refused = Request.get(console.address(), "/").send();
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.headers().get("WWW-Authenticate")).startsWith("Basic ");
            assertThat(Request.get(console.address(), "/console/api/live").send().status()).isEqualTo(401);
            assertThat(Request.get(console.address(), "/").with("Authorization", basic("me", TOKEN)).send().status()).isEqualTo(200);
        }
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
    }
}
