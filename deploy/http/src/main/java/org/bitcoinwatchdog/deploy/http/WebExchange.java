package org.bitcoinwatchdog.deploy.http;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request and its answer. Nothing in it blocks. */
public final class WebExchange {
    private static final Logger LOG = LoggerFactory.getLogger(WebExchange.class);
    private static final int READ_BEYOND = 65_536;

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final OpenConnections connections;

    WebExchange(Request request, Response response, Callback callback, OpenConnections connections) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.connections = connections;
    }

    public String method() {
        return request.getMethod();
    }

    /** GET, or HEAD, which gets the same answer without its body. */
    public boolean reads() {
        return method().equals("GET") || method().equals("HEAD");
    }

    /** As it was sent: nothing in it is decoded. */
    public String path() {
        return request.getHttpURI().getPath();
    }

    /** As it was sent: nothing in it is decoded. */
    public Optional<String> query() {
        return Optional.ofNullable(request.getHttpURI().getQuery());
    }

    /** The header's first value. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    /** Sets a header of the answer. */
    public WebExchange with(String name, String value) {
        response.getHeaders().put(name, value);
        return this;
    }

    public void send(WebAnswer answer) {
        response.setStatus(answer.status());
        answer.contentType().ifPresent(type -> response.getHeaders().put(HttpHeader.CONTENT_TYPE, type));
        if (answer.status() != HttpStatus.NOT_MODIFIED_304 && answer.status() != HttpStatus.NO_CONTENT_204) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().remaining());
        }
        SlicedWrite.write(response, true, answer.body(), callback);
    }

    /** Whether the body is announced to be so large that it is not worth reading. */
    boolean announcesFarMoreThan(int largest) {
        return request.getLength() > largest + READ_BEYOND;
    }

    /**
     * The body, once all of it is here. It fails if the body ends early or is far too large.
     *
     * @param largest in bytes. A body that is a little larger is returned too, for the caller to refuse: an answer to a
     *                client that still sends is often lost
     */
    CompletableFuture<byte[]> body(int largest) {
        return Content.Source.asByteArrayAsync(request, largest + READ_BEYOND);
    }

    /** Answers with server-sent events, for as long as the client stays. */
    public EventStream stream() {
        response.setStatus(HttpStatus.OK_200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        connections.keep(request.getConnectionMetaData().getConnection());
        return new EventStream(response, callback);
    }

    /** Runs the action once, when the answer was sent or could not be, or the client went away. */
    public void onEnd(Runnable action) {
        Request.addCompletionListener(request, failure -> action.run());
    }

    /** Answers 500, and logs why. */
    void fail(Throwable failure) {
        LOG.error("a request for {} could not be answered", path(), failure);
        Response.writeError(request, response, callback, failure);
    }
}
