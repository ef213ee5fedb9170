package org.bitcoinwatchdog.deploy.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.bitcoinwatchdog.events.RecordingReader;
import org.bitcoinwatchdog.events.RecordingReader.BrokenLine;
import org.bitcoinwatchdog.events.Recordings;

/**
 * A recording as the user names it.
 *
 * @param name a file, or else the name of a recording that comes with the watchdog
 */
public record RecordingSource(String name) {
    /** @throws IOException where neither is there, or the file can't be read; the message names it */
    public RecordingReader open(Consumer<BrokenLine> brokenLines) throws IOException {
        Path file = Path.of(name);
        return Files.exists(file) ? RecordingReader.open(file, brokenLines) : Recordings.open(name, brokenLines);
    }
}
