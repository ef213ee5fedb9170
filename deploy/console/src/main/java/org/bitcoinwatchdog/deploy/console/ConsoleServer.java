package org.bitcoinwatchdog.deploy.console;

import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bitcoinwatchdog.deploy.http.HttpSettings;
import org.bitcoinwatchdog.deploy.console.model.AutonomousSystems;

/** The console alone, on a server of its own. */
public final class ConsoleServer implements AutoCloseable {
    private final Console console;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, ConsoleServer::thread);

    /** @throws IOException where the address can't be listened on; see also {@link Console} */
    public ConsoleServer(HttpSettings settings, Map<String, Object> kafka, MeterRegistry meters) throws IOException {
        server = HttpServer.create(new InetSocketAddress(settings.host(), settings.port()), 16);
        server.setExecutor(threads);
        console = new Console(settings, AutonomousSystems.UNKNOWN, kafka, Clock.systemUTC(), meters);
        console.mount(server);
    }

    public void start() {
        console.start();
        server.start();
    }

    /** Where a browser finds it. */
    public String url() {
        return "http://" + server.getAddress().getAddress().getHostAddress() + ":" + server.getAddress().getPort() + "/";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        console.close();
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "console-http");
        thread.setDaemon(true);
        return thread;
    }
}
