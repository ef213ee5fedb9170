package org.bitcoinwatchdog.alerts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that sends answers no HTTP server would send. */
public final class RawServer implements AutoCloseable {
    /** The conversation on a connection after the request's head. */
    public interface Talk {
        void on(Socket socket) throws Exception;
    }

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger connections = new AtomicInteger();
    private final Talk talk;
    private final boolean clientFirst;

    public RawServer(Talk talk) {
        this(talk, true);
    }

    /** @param clientFirst whether the server reads a request's head first, as with HTTP */
    public RawServer(Talk talk, boolean clientFirst) {
        this.talk = talk;
        this.clientFirst = clientFirst;
        try {
            server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    /** Sends the text and closes the connection. */
    public static Talk saying(String text) {
        return socket -> socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends the text, and then nothing, without closing the connection. */
    public static Talk thenSilent(String text) {
        return socket -> {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
        };
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/hook");
    }

    public int port() {
        return server.getLocalPort();
    }

    public int connections() {
        return connections.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.incrementAndGet();
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return; // closed, which ends the test
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            if (clientFirst) {
                readHead(socket);
            }
            talk.on(socket);
        } catch (Exception e) {
            // the client closed the connection, as some tests expect
        }
    }

    private static void readHead(Socket socket) throws IOException {
        int newlines = 0;
        while (newlines < 2) {
            int read = socket.getInputStream().read();
            if (read < 0) {
                return;
            }
            newlines = read == '\n' ? newlines + 1 : read == '\r' ? newlines : 0;
        }
    }
}
