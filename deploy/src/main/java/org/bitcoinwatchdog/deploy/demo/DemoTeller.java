package org.bitcoinwatchdog.deploy.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** Tells the viewer what happens, each line with the seconds since the demo began. */
public final class DemoTeller {
    private final PrintWriter out;
    private final long beganNs = System.nanoTime();

    public DemoTeller(PrintWriter out) {
        this.out = out;
    }

    /** For several threads. */
    public synchronized void tell(String line) {
        out.printf(Locale.ROOT, "[%5.1f s] %s%n", (System.nanoTime() - beganNs) / 1e9, line);
        out.flush();
    }
}
