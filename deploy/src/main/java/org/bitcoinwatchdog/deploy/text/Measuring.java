package org.bitcoinwatchdog.deploy.text;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Work of unknown length: shows how long it has run, and its results as they come. */
public final class Measuring implements AutoCloseable {
    private static final long TICK_MS = 500;

    private final ProgressLine line;
    private final PrintWriter out;
    private final PrintWriter results = new PrintWriter(new WholeLines());
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(tick -> {
        Thread thread = new Thread(tick, "measuring");
        thread.setDaemon(true);
        return thread;
    });

    /** @param err shows that the work goes on */
    public Measuring(String what, PrintWriter out, PrintWriter err) {
        this.out = out;
        line = ProgressLine.to(err);
        long begin = System.nanoTime();
        ticker.scheduleAtFixedRate(() -> line.step(String.format(Locale.ROOT, "%s, %,d s", what, (System.nanoTime() - begin) / 1_000_000_000)),
                TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    /** For results, which come out a whole line at a time. */
    public PrintWriter results() {
        return results;
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        results.close();
        line.close();
    }

    /** Clears the progress line before a line of results, never within it. */
    private final class WholeLines extends Writer {
        private final StringBuilder waiting = new StringBuilder();

        @Override
        public void write(char[] text, int from, int length) {
            waiting.append(text, from, length);
            int end = waiting.lastIndexOf("\n") + 1;
            if (end > 0) {
                emit(end);
            }
        }

        @Override
        public void flush() {
            out.flush();
        }

        @Override
        public void close() {
            emit(waiting.length());
        }

        private void emit(int end) {
            synchronized (line) {
                line.clear();
                out.print(waiting.substring(0, end));
                out.flush();
            }
            waiting.delete(0, end);
        }
    }
}
