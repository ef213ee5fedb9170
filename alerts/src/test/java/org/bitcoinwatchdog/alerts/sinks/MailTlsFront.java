package org.bitcoinwatchdog.alerts.sinks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.bitcoinwatchdog.alerts.RawServer;
import org.bitcoinwatchdog.alerts.TestCertificate;

/** A TLS front for a mail server without encryption: TLS from the first byte, or after STARTTLS. */
final class MailTlsFront implements AutoCloseable {
    private final SSLContext tls;
    private final int mailServer;
    private final RawServer server;
    private final List<String> heardInClear = new CopyOnWriteArrayList<>();

    private MailTlsFront(TestCertificate certificate, int mailServer, boolean fromTheFirstByte, String answerToStartTls)
            throws Exception {
        this.tls = certificate.serverContext();
        this.mailServer = mailServer;
        this.server = new RawServer(
                fromTheFirstByte ? socket -> relay(encrypted(socket), "") : socket -> startTls(socket, answerToStartTls), false);
    }

    static MailTlsFront fromTheFirstByte(TestCertificate certificate, int mailServer) throws Exception {
        return new MailTlsFront(certificate, mailServer, true, "");
    }

    /** @param answer to STARTTLS; encryption begins after one that is 220 */
    static MailTlsFront afterStartTls(TestCertificate certificate, int mailServer, String answer) throws Exception {
        return new MailTlsFront(certificate, mailServer, false, answer);
    }

    int port() {
        return server.port();
    }

    /** The first words of the commands that came before encryption. */
    List<String> heardInClear() {
        return heardInClear;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void startTls(Socket socket, String answer) throws IOException {
        say(socket, "220 mail");
        for (String command = readLine(socket); !command.isEmpty(); command = readLine(socket)) {
            String word = command.split(" ")[0];
            heardInClear.add(word);
            switch (word) {
                case "EHLO" -> say(socket, "250-mail\r\n250 STARTTLS");
                case "STARTTLS" -> {
                    say(socket, answer);
                    if (answer.startsWith("220")) {
                        relay(encrypted(socket), "220");
                        return;
                    }
                }
                default -> say(socket, "530 encrypt first");
            }
        }
    }

    private SSLSocket encrypted(Socket socket) throws IOException {
        SSLSocket encrypted = (SSLSocket) tls.getSocketFactory().createSocket(socket, null, true);
        encrypted.startHandshake();
        return encrypted;
    }

    /** @param swallowed the beginning of a first line that the client has read already; empty: it has read none */
    private void relay(Socket client, String swallowed) throws IOException {
        try (Socket backend = new Socket(InetAddress.getLoopbackAddress(), mailServer)) {
            if (!swallowed.isEmpty() && !readLine(backend).startsWith(swallowed)) {
                throw new IOException("no greeting");
            }
            Thread answers = new Thread(() -> copy(backend, client), "mail-answers");
            answers.start();
            copy(client, backend);
        }
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // one side closed the connection, which ends the conversation
        }
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Without reading ahead: what follows may be encrypted. */
    private static String readLine(Socket socket) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = socket.getInputStream().read(); next >= 0 && next != '\n'; next = socket.getInputStream().read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
