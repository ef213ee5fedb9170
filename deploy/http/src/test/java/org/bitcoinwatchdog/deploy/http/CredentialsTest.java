package org.bitcoinwatchdog.deploy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
    private static final String TOKEN = "correct-horse-battery";

    @TempDir
    Path directory;

    @Test
    void onLoopbackEveryoneMayOpenIt() {
        assertThat(opens(new Credentials(new HttpSettings("127.0.0.1:0")), null)).isTrue();
        assertThat(opens(new Credentials(new HttpSettings("[::1]:0")), null)).isTrue();
        assertThat(opens(new Credentials(new HttpSettings("localhost:0")), null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0:9332", "[::]:9332", "192.0.2.7:9332"})
    void anywhereElseItDoesNotStartWithoutASecret(String listen) {
        assertThatThrownBy(() -> new Credentials(new HttpSettings(listen))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http.token-file").hasMessageContaining(listen);
    }

    @Test
    void theTokenOpensAsBearerAndAsPassword() throws IOException {
        Credentials credentials = withToken(TOKEN + "\n");

        assertThat(opens(credentials, "Bearer " + TOKEN)).isTrue();
        assertThat(opens(credentials, "bearer  " + TOKEN)).isTrue();
        assertThat(opens(credentials, basic("anyone", TOKEN))).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer correct-horse-batterz", "Bearer correct-horse-battery2", "Basic", "Basic !!",
        "Basic Y29ycmVjdA==", "Digest correct-horse-battery", "correct-horse-battery"})
    void nothingElseOpens(String authorization) throws IOException {
        assertThat(opens(withToken(TOKEN), authorization)).isFalse();
    }

    @Test
    void usersOpenWithTheirOwnPassword() throws IOException {
        Path file = Files.writeString(directory.resolve("users"), "ann:a-long-password:with-colon\nbob:another-password\n");
        Credentials credentials = new Credentials(settings("0.0.0.0:1", Optional.empty(), Optional.of(file)));

        assertThat(opens(credentials, basic("ann", "a-long-password:with-colon"))).isTrue();
        assertThat(opens(credentials, basic("bob", "another-password"))).isTrue();
        assertThat(opens(credentials, basic("bob", "a-long-password:with-colon"))).isFalse();
        assertThat(opens(credentials, "Bearer another-password")).isFalse();
    }

    @Test
    void aFileThatCanNotServeStopsTheStartAndNoSecretIsSaid() throws IOException {
        assertThatThrownBy(() -> withToken("short")).hasMessageContaining("fewer than 12 characters").hasMessageNotContaining("short ");
        assertThatThrownBy(() -> withToken("\n \n")).hasMessageContaining("is empty");
        Path noUsers = Files.writeString(directory.resolve("users"), "swordfish-and-more");
        assertThatThrownBy(() -> new Credentials(settings("127.0.0.1:1", Optional.empty(), Optional.of(noUsers))))
                .hasMessageContaining("user:password").hasMessageNotContaining("swordfish");
        assertThatThrownBy(() -> new Credentials(settings("127.0.0.1:1", Optional.of(directory.resolve("none")), Optional.empty())))
                .hasMessageContaining("can't be read");
    }

    private static boolean opens(Credentials credentials, String authorization) {
        return credentials.open(Optional.ofNullable(authorization));
    }

    private Credentials withToken(String content) throws IOException {
        return new Credentials(settings("0.0.0.0:1", Optional.of(Files.writeString(directory.resolve("token"), content)), Optional.empty()));
    }

    private static HttpSettings settings(String listen, Optional<Path> token, Optional<Path> users) {
        return new HttpSettings(listen, token, users, Set.of(), false);
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
    }
}
