package org.bitcoinwatchdog.detectors.state;

import java.util.function.BiConsumer;

/** Objects in memory whose changed sections are written at a commit. */
public interface WriteBack {
    void saveChanged(BiConsumer<String, byte[]> out);
}
