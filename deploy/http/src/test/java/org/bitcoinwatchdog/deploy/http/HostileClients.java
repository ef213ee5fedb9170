package org.bitcoinwatchdog.deploy.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Many connections of one client, all in one thread. */
final class HostileClients implements AutoCloseable {
    private final InetSocketAddress server;
    private final List<SocketChannel> channels = new ArrayList<>();

    HostileClients(InetSocketAddress server) {
        this.server = server;
    }

    /** Connects once more, with a small receive buffer, and sends these bytes. */
    void open(String sent) throws IOException {
        SocketChannel channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
        channel.connect(server);
        channel.configureBlocking(false);
        channels.add(channel);
        send(channel, sent);
    }

    /** Sends the bytes on each connection that is still open. */
    void each(String sent) {
        channels.forEach(channel -> send(channel, sent));
    }

    /** How many connections the server has closed. What it answered is thrown away. */
    long closed() {
        return channels.stream().filter(HostileClients::isClosed).count();
    }

    /** One exchange on a connection of its own: everything that the server sends until it closes or the time is over. */
    static String exchange(InetSocketAddress server, byte[] sent, Duration limit) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(server.getAddress(), server.getPort())) {
            socket.setSoTimeout((int) limit.toMillis());
            socket.getOutputStream().write(sent);
            socket.getInputStream().transferTo(answer);
        } catch (SocketException e) {
            // The server has closed the connection, which may also lose what it sent.
        }
        return answer.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
    }

    private static void send(SocketChannel channel, String sent) {
        try {
            channel.write(ByteBuffer.wrap(sent.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IOException e) {
            // Closed by the server, which closed() counts.
        }
    }

    private static boolean isClosed(SocketChannel channel) {
        try {
            ByteBuffer thrownAway = ByteBuffer.allocate(65_536);
            int read = channel.read(thrownAway);
            while (read > 0) {
                thrownAway.clear();
                read = channel.read(thrownAway);
            }
            return read < 0;
        } catch (IOException e) {
            return true;
        }
    }
}
