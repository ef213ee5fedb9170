package org.bitcoinwatchdog.alerts;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.alerts.sinks.Webhook;

/** An alert worker as a process of its own, to be killed. Arguments: bootstrap servers, sink (and network), URL. */
final class WorkerMain {
    private WorkerMain() {
    }

    public static void main(String[] args) throws Exception {
        DeliverySettings quick = new DeliverySettings(Duration.ofSeconds(2), Duration.ofSeconds(20),
                Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofSeconds(2), Duration.ofMinutes(5));
        AlertSettings settings = AlertSettings.defaults().withDelivery(quick).withSinks(new Webhook(
                args[1], Optional.of(URI.create(args[2])), Optional.empty(), Optional.empty(), Optional.of(true)))
                .withRoutes(RouteSettings.of(Map.of("network", args[1]), args[1]));
        Map<String, Object> kafka = Map.of("bootstrap.servers", args[0],
                "session.timeout.ms", 1_500, "heartbeat.interval.ms", 300);
        try (AlertService worker = new AlertService(settings, kafka, new SimpleMeterRegistry())) {
            worker.start();
            System.in.transferTo(System.out);
        }
    }
}
