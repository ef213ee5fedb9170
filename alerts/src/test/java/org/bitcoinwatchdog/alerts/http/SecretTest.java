package org.bitcoinwatchdog.alerts.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
    @TempDir
    Path directory;

    @Test
    void isReadWithoutTheWhiteSpaceAroundIt() throws Exception {
        Path file = Files.writeString(directory.resolve("key"), "  s3cret\n");
        assertThat(Secret.in(file).reveal()).isEqualTo("s3cret");
    }

    @Test
    void neverPrintsItsText() {
        assertThat(Secret.of("s3cret")).hasToString("***");
    }

    @Test
    void aMissingFileIsNamed() throws Exception {
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.in(directory.resolve("gone")))
                .withMessageEndingWith("gone does not exist");
        Path empty = Files.writeString(directory.resolve("empty"), " \n");
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.in(empty)).withMessageEndingWith("empty is empty");
        Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.in(binary)).withMessageEndingWith("is not a text file");
        Path large = Files.write(directory.resolve("large"), new byte[20_000]);
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.in(large))
                .withMessageEndingWith("is too large to be a secret");
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.in(directory)).withMessageContaining("can't be read");
    }
}
