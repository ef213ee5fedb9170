package org.bitcoinwatchdog.deploy.console;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.bitcoinwatchdog.deploy.http.HttpSettings;
import org.bitcoinwatchdog.deploy.console.model.AutonomousSystems;
import org.bitcoinwatchdog.deploy.http.WebServer;

/** The console alone, on a server of its own. */
public final class ConsoleServer implements AutoCloseable {
    private final Console console;
    private final WebServer server;

    /** @throws IOException if it can't listen on the address; see also {@link Console} */
    public ConsoleServer(HttpSettings settings, Map<String, Object> kafka, MeterRegistry meters) throws IOException {
        server = new WebServer(settings);
        console = new Console(settings, AutonomousSystems.UNKNOWN, kafka, Clock.systemUTC(), meters);
        console.mount(server);
    }

    public void start() {
        console.start();
        server.start();
    }

    /** Where a browser finds it. */
    public String url() {
        return "http://" + server.address().getAddress().getHostAddress() + ":" + server.address().getPort() + "/";
    }

    @Override
    public void close() {
        server.close();
        console.close();
    }
}
