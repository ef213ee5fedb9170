package org.bitcoinwatchdog.deploy.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Server-sent events to one client. One write is under way at a time, so a client that does not read costs one buffer. */
public final class EventStream {
    private final Response response;
    private final Callback end;
    private final AtomicBoolean writing = new AtomicBoolean();
    private final AtomicBoolean ended = new AtomicBoolean();

    EventStream(Response response, Callback end) {
        this.response = response;
        this.end = end;
    }

    /** Whether the client has taken all sent events. */
    public boolean ready() {
        return !ended.get() && !writing.get();
    }

    /** Sends events, in the form of the standard. Call it only when {@link #ready()}, from one thread at a time. */
    public void send(byte[] events) {
        writing.set(true);
        SlicedWrite.write(response, false, ByteBuffer.wrap(events), Callback.from(() -> writing.set(false), this::fail));
    }

    /** Ends the stream: in order if the client has taken everything, otherwise with its connection. */
    public void close() {
        if (writing.get()) {
            fail(new IOException("closed before the client had read everything"));
        } else if (ended.compareAndSet(false, true)) {
            end.succeeded();
        }
    }

    /** Ends the stream and closes its connection. */
    public void fail(Throwable reason) {
        if (ended.compareAndSet(false, true)) {
            end.failed(reason);
        }
    }
}
