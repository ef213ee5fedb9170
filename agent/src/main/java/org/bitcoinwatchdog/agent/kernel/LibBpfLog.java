package org.bitcoinwatchdog.agent.kernel;

import java.nio.charset.StandardCharsets;
import jnr.ffi.Pointer;

/** Collects libbpf's messages for each thread, so that a failure can be reported with its reason. */
final class LibBpfLog implements LibBpf.Print {
    private static final int DEBUG = 2;
    private static final int LONGEST_LINE = 1 << 16;
    private static final int LONGEST_LOG = 1 << 20;

    private final ThreadLocal<StringBuilder> text = ThreadLocal.withInitial(StringBuilder::new);

    /** libbpf calls this, so it must not throw. */
    @Override
    public int print(int level, Pointer format, Pointer arguments) {
        try {
            if (level < DEBUG && text.get().length() < LONGEST_LOG) {
                byte[] line = new byte[LONGEST_LINE];
                int length = Library.LIBC.vsnprintf(line, line.length, format, arguments);
                text.get().append(new String(
                        line, 0, Math.max(0, Math.min(length, line.length - 1)), StandardCharsets.UTF_8));
            }
        } catch (RuntimeException | Error e) {
            text.get().append("(a message of libbpf could not be read: ").append(e).append(")\n");
        }
        return 0;
    }

    String take() {
        String taken = text.get().toString().strip();
        text.remove();
        return taken;
    }
}
