package org.bitcoinwatchdog.deploy.broker;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** The files of an embedded broker below its directory. */
record BrokerFiles(Path home) {
    private static final int TAIL_BYTES = 16_384;

    Path data() {
        return home.resolve("data");
    }

    Path propertiesFile() {
        return home.resolve("server.properties");
    }

    /** What logback writes, with rotation. */
    Path log() {
        return home.resolve("broker.log");
    }

    /** What the JVM itself prints; of the last start only. */
    Path output() {
        return home.resolve("broker.out");
    }

    /** The ports of the last run if they are free, so that clients find the broker again; if not, other free ones. */
    BrokerProperties properties() throws IOException {
        Optional<Integer> earlier = bootstrapServers()
                .map(address -> Integer.valueOf(address.substring(address.lastIndexOf(':') + 1)))
                .filter(BrokerFiles::isFree);
        try (ServerSocket first = listen(earlier.orElse(0)); ServerSocket second = listen(0)) {
            return new BrokerProperties(data(), first.getLocalPort(), second.getLocalPort());
        }
    }

    /** Where a broker of this directory listens, or listened last. */
    Optional<String> bootstrapServers() throws IOException {
        return Files.exists(address()) ? Optional.of(Files.readString(address()).strip()) : Optional.empty();
    }

    void publish(String bootstrapServers) throws IOException {
        Path fresh = Files.writeString(home.resolve("bootstrap-servers.new"), bootstrapServers + "\n");
        Files.move(fresh, address(), StandardCopyOption.ATOMIC_MOVE);
    }

    /** The last lines of log and output; empty if they can't be read. */
    String tail() {
        return tail(log()) + tail(output());
    }

    private Path address() {
        return home.resolve("bootstrap-servers");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = listen(port)) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static ServerSocket listen(int port) throws IOException {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    private static String tail(Path file) {
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "r")) {
            content.seek(Math.max(0, content.length() - TAIL_BYTES));
            byte[] end = new byte[(int) Math.min(TAIL_BYTES, content.length())];
            content.readFully(end);
            return new String(end, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
