package org.bitcoinwatchdog.agent.publish;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/** Forwards TCP connections, and limits the rate of data from clients. */
final class SlowProxy implements AutoCloseable {
    private static final int BUFFER_BYTES = 8192;

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Queue<Socket> sockets = new ConcurrentLinkedQueue<>();
    private final int target;
    private volatile long bytesPerSecond;

    SlowProxy(int target, long bytesPerSecond) throws IOException {
        this.target = target;
        this.bytesPerSecond = bytesPerSecond;
        start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    void limit(long newBytesPerSecond) {
        bytesPerSecond = newBytesPerSecond;
    }

    @Override
    public void close() throws IOException {
        listening.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listening.accept();
            sockets.add(client);
            try {
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                sockets.add(server);
                start(() -> forward(client, server, true));
                start(() -> forward(server, client, false));
            } catch (IOException e) {
                client.close(); // the broker is not there
            }
        }
    }

    private void forward(Socket from, Socket to, boolean slowly) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                if (slowly) {
                    LockSupport.parkNanos(count * 1_000_000_000L / bytesPerSecond);
                }
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    /** The end of a connection ends its threads, and does not fail the test. */
    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException e) {
                Thread.currentThread().interrupt();
            }
        }, "proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
