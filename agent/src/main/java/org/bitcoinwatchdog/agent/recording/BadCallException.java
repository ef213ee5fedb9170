package org.bitcoinwatchdog.agent.recording;

/** A recorded call that no process could have made. The message is for people and never repeats an argument. */
public final class BadCallException extends Exception {
    BadCallException(String message) {
        super(message, null, false, false);
    }
}
