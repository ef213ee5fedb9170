package org.bitcoinwatchdog.deploy.text;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** Shows how far long work is: one line that is updated on a terminal, a plain line now and then elsewhere. */
public final class ProgressLine implements AutoCloseable {
    private static final String CLEAR_LINE = "\r\u001b[K";
    private static final long PLAIN_EVERY_NS = Duration.ofSeconds(30).toNanos();
    private static final long TERMINAL_EVERY_NS = Duration.ofMillis(200).toNanos();
    private static final int WIDTH = 30;

    private final PrintWriter out;
    private final boolean terminal;
    private final long beginNs = System.nanoTime();
    private long writtenNs;

    ProgressLine(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        writtenNs = beginNs - (terminal ? TERMINAL_EVERY_NS : 0);
    }

    /** The launcher says whether standard error is a terminal, because Java does not know. */
    public static ProgressLine to(PrintWriter err) {
        return new ProgressLine(err, Boolean.getBoolean("watchdog.terminal"));
    }

    /**
     * @param done share of the work, 0 to 1
     * @param what the last finished step
     */
    public synchronized void step(double done, String what) {
        long now = System.nanoTime();
        if (now - writtenNs < (terminal ? TERMINAL_EVERY_NS : PLAIN_EVERY_NS)) {
            return;
        }
        writtenNs = now;
        if (terminal) {
            int filled = (int) Math.round(WIDTH * Math.min(1, done));
            out.print(CLEAR_LINE + "[" + "#".repeat(filled) + " ".repeat(WIDTH - filled) + "] " + text(done, what, now));
        } else {
            out.println(text(done, what, now));
        }
        out.flush();
    }

    /**
     * For work of unknown length.
     *
     * @param what was done so far
     */
    public synchronized void step(String what) {
        long now = System.nanoTime();
        if (now - writtenNs >= (terminal ? TERMINAL_EVERY_NS : PLAIN_EVERY_NS)) {
            writtenNs = now;
            out.print(terminal ? CLEAR_LINE + what : what + System.lineSeparator());
            out.flush();
        }
    }

    /** Leaves no trace on a terminal. */
    @Override
    public void close() {
        clear();
    }

    /** Makes room for something else on the terminal. */
    public synchronized void clear() {
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }

    private String text(double done, String what, long now) {
        double elapsedS = (now - beginNs) / 1e9;
        String left = done > 0.01 ? String.format(Locale.ROOT, ", about %.0f s left", elapsedS / done * (1 - done)) : "";
        return String.format(Locale.ROOT, "%3.0f %%%s: %s", 100 * done, left, what);
    }
}
