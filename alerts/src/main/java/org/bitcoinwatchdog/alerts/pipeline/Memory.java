package org.bitcoinwatchdog.alerts.pipeline;

import java.util.Optional;

/** What was told to whom, kept across restarts and shared with whoever takes over a partition. */
public interface Memory {
    Optional<Remembered> of(String sink, AlertRecord record);

    /** Returns once it is safely kept, or once there is no hope of that, which is counted. */
    void remember(String sink, AlertRecord record, Remembered remembered);
}
