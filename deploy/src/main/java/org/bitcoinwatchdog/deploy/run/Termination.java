package org.bitcoinwatchdog.deploy.run;

import java.util.concurrent.CompletableFuture;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The request to end: SIGTERM of a service manager, or Control-C. It is taken as an ordinary event, so that the command
 * closes its parts in order and ends with 0. A second Control-C ends at once.
 */
public final class Termination {
    private final CompletableFuture<String> requested = new CompletableFuture<>();

    private Termination() {
    }

    public static Termination onSignals() {
        Termination termination = new Termination();
        for (String name : new String[] {"TERM", "INT"}) {
            Signal.handle(new Signal(name), signal -> {
                Signal.handle(signal, SignalHandler.SIG_DFL);
                termination.requested.complete("SIG" + signal.getName());
            });
        }
        return termination;
    }

    /** Completes, with the signal's name, when the process is to end. */
    public CompletableFuture<String> requested() {
        return requested;
    }
}
