package org.bitcoinwatchdog.agent.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The compiled BPF programs in this jar. */
final class TracerObject {
    static final String RECORDS = "records";
    static final String PLACES = "places";
    static final String COUNTERS = "counters";

    private TracerObject() {
    }

    static byte[] elf() {
        try (InputStream resource = TracerObject.class.getResourceAsStream("tracer.bpf.o")) {
            if (resource == null) {
                throw new IllegalStateException("tracer.bpf.o is not in this jar. Run make -C bpf and build again");
            }
            return resource.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
