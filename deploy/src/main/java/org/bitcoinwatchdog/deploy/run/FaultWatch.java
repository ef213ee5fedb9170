package org.bitcoinwatchdog.deploy.run;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Checks each second whether a part has failed. Its process then ends too, and a service manager restarts it. */
final class FaultWatch implements AutoCloseable {
    private record Part(String name, Supplier<Optional<String>> fault) {
    }

    private final List<Part> parts = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> fault = new CompletableFuture<>();
    private final ScheduledExecutorService asking = Executors.newSingleThreadScheduledExecutor(FaultWatch::thread);

    void start() {
        asking.scheduleWithFixedDelay(this::ask, 1, 1, TimeUnit.SECONDS);
    }

    /** @param fault what ended the part for good, or nothing */
    void watch(String part, Supplier<Optional<String>> fault) {
        parts.add(new Part(part, fault));
    }

    /** Completes with the first part's name and fault. */
    CompletableFuture<String> fault() {
        return fault;
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }

    private void ask() {
        for (Part part : parts) {
            try {
                part.fault().get().ifPresent(reason -> fault.complete(part.name() + ": " + reason));
            } catch (RuntimeException | Error e) { // asked no more after that, so it counts as one
                fault.complete(part.name() + " can't be asked for its faults: " + e);
            }
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "faults");
        thread.setDaemon(true);
        return thread;
    }
}
