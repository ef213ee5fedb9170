package org.bitcoinwatchdog.deploy.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingNestedCallback;

/**
 * Writes a large buffer piece by piece. The JDK copies all that it is given into native memory before it writes what the
 * socket takes: for a client that reads slowly it would copy the whole answer again and again.
 */
final class SlicedWrite extends IteratingNestedCallback {
    private static final int SLICE = 65_536;

    private final Response response;
    private final ByteBuffer content;
    private final boolean last;
    private boolean done;

    private SlicedWrite(Response response, boolean last, ByteBuffer content, Callback callback) {
        super(callback);
        this.response = response;
        this.last = last;
        this.content = content;
    }

    /** @param last whether the answer ends with it */
    static void write(Response response, boolean last, ByteBuffer content, Callback callback) {
        new SlicedWrite(response, last, content, callback).iterate();
    }

    @Override
    protected Action process() {
        if (done) {
            return Action.SUCCEEDED;
        }
        ByteBuffer slice = content.slice(content.position(), Math.min(SLICE, content.remaining()));
        content.position(content.position() + slice.remaining());
        done = !content.hasRemaining();
        response.write(last && done, slice, this);
        return Action.SCHEDULED;
    }
}
