package org.bitcoinwatchdog.deploy.run;

/** A part could not be started, for a reason that the user can do something about. */
public final class PartFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PartFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
