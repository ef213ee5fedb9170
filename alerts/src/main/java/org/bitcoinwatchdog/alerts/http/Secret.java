package org.bitcoinwatchdog.alerts.http;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A text that no log, metric or error may contain. Only {@link #reveal()} returns it. */
public final class Secret {
    private static final long LARGEST_FILE_BYTES = 16_384;

    private final String text;

    private Secret(String text) {
        this.text = text;
    }

    public static Secret of(String text) {
        return new Secret(text);
    }

    /**
     * The content of the file without white space at its ends.
     *
     * @throws IllegalArgumentException if the file can't be read or is empty. The message names the file, not its content
     */
    public static Secret in(Path file) {
        try {
            if (Files.size(file) > LARGEST_FILE_BYTES) {
                throw new IllegalArgumentException(file + " is too large to be a secret");
            }
            String text = Files.readString(file).strip();
            if (text.isEmpty()) {
                throw new IllegalArgumentException(file + " is empty");
            }
            return new Secret(text);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + " does not exist");
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + " is not a text file");
        } catch (IOException e) {
            throw new IllegalArgumentException(file + " can't be read: " + e.getClass().getSimpleName());
        }
    }

    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "***";
    }
}
