package org.bitcoinwatchdog.agent.kernel;

import java.io.IOException;

/** The contents of a file are not what this program can read. It will not change by itself. */
public final class ForeignFormatException extends IOException {
    private static final long serialVersionUID = 1;

    ForeignFormatException(String message) {
        super(message);
    }
}
