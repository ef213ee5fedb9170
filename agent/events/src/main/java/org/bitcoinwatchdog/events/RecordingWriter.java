package org.bitcoinwatchdog.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Writes a recording (contract 4), gzip, one call a line, in exactly the form that {@link RecordingReader} reads. */
public final class RecordingWriter implements AutoCloseable {
    private final JsonGenerator json;

    /** @param out closed by {@link #close()}; without it the recording is incomplete */
    public RecordingWriter(OutputStream out) throws IOException {
        json = new JsonFactory().createGenerator(new BufferedOutputStream(new FastGzip(out), 1 << 16));
        json.setRootValueSeparator(null);
    }

    public static RecordingWriter create(Path file) throws IOException {
        return new RecordingWriter(Files.newOutputStream(file));
    }

    public void write(RecordedCall call) throws IOException {
        json.writeStartObject();
        json.writeNumberField("time_ns", call.timeNs());
        json.writeStringField("node", call.node());
        json.writeStringField("tracepoint", call.tracepoint());
        json.writeArrayFieldStart("args");
        for (Object arg : call.args()) {
            write(arg);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
    }

    /** Makes everything written so far readable, even if nothing follows, not even the end of the file. */
    public void flush() throws IOException {
        json.flush();
    }

    @Override
    public void close() throws IOException {
        json.close();
    }

    private void write(Object arg) throws IOException {
        if (arg instanceof Long number) {
            json.writeNumber(number);
        } else if (arg instanceof Boolean flag) {
            json.writeBoolean(flag);
        } else {
            json.writeString((String) arg);
        }
    }

    /** A twentieth larger than gzip's default, in a third of the time. Compression is most of the cost of a call. */
    private static final class FastGzip extends GZIPOutputStream {
        private static final int BUFFER_BYTES = 1 << 16;

        private FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES, true);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
