package org.bitcoinwatchdog.deploy.demo;

/** The demo did not come to its end. */
public final class DemoFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
