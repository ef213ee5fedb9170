package org.bitcoinwatchdog.agent.kernel;

import java.io.OutputStream;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process for tests that take rights away. It prints whether it may trace, or starts the program bpf/test/operands.c,
 * traces it, and prints the number of calls.
 */
final class TracesOneProcess {
    private TracesOneProcess() {
    }

    public static void main(String[] arguments) throws Exception {
        try {
            System.out.println(Tracing.check().reason());
        } catch (KernelException e) {
            System.out.println(e.reason());
            return;
        }
        Process process = new ProcessBuilder(arguments[0]).start();
        AtomicInteger calls = new AtomicInteger();
        try (Tracing tracing = Tracing.attach((int) process.pid(), Path.of("/proc/" + process.pid() + "/exe"),
                EnumSet.of(Tracepoint.UTXOCACHE_FLUSH), 1 << 18)) {
            tracing.states().forEach(state -> System.out.println(state.reason()));
            try (OutputStream input = process.getOutputStream()) {
                input.write('\n');
            }
            process.waitFor(10, TimeUnit.SECONDS);
            tracing.records().drain((records, offset, length) -> calls.incrementAndGet());
        } finally {
            process.destroyForcibly();
        }
        System.out.println("calls: " + calls);
    }
}
