package org.bitcoinwatchdog.agent.discovery;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs examinations that a stranger's file system can block. Each has a thread, and callers wait only for a moment.
 * While one is blocked it is not started again, and its late result is used. A user can't block the examinations of
 * others.
 */
final class Examinations {
    private static final long PATIENCE_NS = 250_000_000;
    /** How long one look waits in total. */
    private static final long LONGEST_LOOK_NS = 1_000_000_000;
    private static final int MOST_THREADS = 64;
    private static final int MOST_OF_ONE_USER = 4;

    private static final class Job {
        private final String user;
        private final Future<?> result;
        private long askedFor;

        private Job(String user, Future<?> result) {
            this.user = user;
            this.result = result;
        }
    }

    private final ExecutorService threads = new ThreadPoolExecutor(0, MOST_THREADS, 10, TimeUnit.SECONDS,
            new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "examine processes");
                thread.setDaemon(true);
                return thread;
            });
    private final Map<Object, Job> jobs = new HashMap<>();
    private long look;
    private long waitUntilNs;

    /** Begins another look, which waits for a limited time in total. */
    void begin() {
        jobs.values().removeIf(job -> job.result.isDone() && job.askedFor < look);
        look++;
        waitUntilNs = System.nanoTime() + LONGEST_LOOK_NS;
    }

    /**
     * @param key  what is examined: the same at each look
     * @param user who can block it
     * @return empty while it is not finished
     * @throws IOException from the examination
     */
    <T> Optional<T> run(Object key, String user, Callable<T> examination) throws IOException {
        Job job = jobs.get(key);
        boolean isNew = job == null;
        if (isNew) {
            if (jobs.values().stream().filter(each -> each.user.equals(user) && !each.result.isDone()).count() >= MOST_OF_ONE_USER) {
                return Optional.empty();
            }
            try {
                job = new Job(user, threads.submit(examination));
            } catch (RejectedExecutionException e) {
                return Optional.empty(); // reported as: it takes too long
            }
            jobs.put(key, job);
        }
        job.askedFor = look;
        return result(key, job, isNew);
    }

    /** An examination that was blocked at an earlier look is not waited for. */
    @SuppressWarnings("unchecked")
    private <T> Optional<T> result(Object key, Job job, boolean isNew) throws IOException {
        try {
            long patience = isNew ? Math.min(PATIENCE_NS, waitUntilNs - System.nanoTime()) : 0;
            T result = (T) job.result.get(Math.max(0, patience), TimeUnit.NANOSECONDS);
            jobs.remove(key);
            return Optional.of(result);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (ExecutionException e) {
            jobs.remove(key);
            throw cause(e.getCause());
        }
    }

    private static IOException cause(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return cause instanceof IOException known ? known : new IOException("it can't be examined: " + cause, cause);
    }
}
