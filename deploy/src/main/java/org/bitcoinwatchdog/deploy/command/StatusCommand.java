package org.bitcoinwatchdog.deploy.command;

import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.bitcoinwatchdog.alerts.AlertOverview;
import org.bitcoinwatchdog.alerts.LastDeliveries;
import org.bitcoinwatchdog.alerts.SilenceStore;
import org.bitcoinwatchdog.alerts.kafka.Clients;
import org.bitcoinwatchdog.alerts.silence.Silence;
import org.bitcoinwatchdog.deploy.config.AlertChecks;
import org.bitcoinwatchdog.deploy.config.ConfigurationFile.SettingsFinding;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.deploy.nodes.KnownNode;
import org.bitcoinwatchdog.deploy.nodes.KnownNodes;
import org.bitcoinwatchdog.deploy.nodes.LastHeartbeats;
import org.bitcoinwatchdog.deploy.run.KafkaConnection;
import org.bitcoinwatchdog.deploy.status.StatusText;
import org.bitcoinwatchdog.deploy.status.WatchStatus;
import org.bitcoinwatchdog.deploy.status.WorkerGroup;
import org.bitcoinwatchdog.events.Topics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "status", mixinStandardHelpOptions = true,
        description = "Shows on one screen whether every node is watched, whether someone would be notified, and what fires. "
                + "Exits with 0 if all is watched and pages reach a sink, with 1 otherwise. Firing alerts do not change the status.")
final class StatusCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Mixin
    private ConfigOption config;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        WatchdogConfiguration configuration = config.read();
        try (KafkaConnection kafka = config.connect(configuration)) {
            WatchStatus status = read(configuration, kafka.clientProperties());
            PrintWriter out = spec.commandLine().getOut();
            out.print(StatusText.of(status, Instant.now()));
            out.flush();
            return status.problems().isEmpty() ? WatchdogCommand.DONE : WatchdogCommand.FAILED;
        } catch (KafkaException e) {
            throw new CommandFailure(e.getMessage(), e);
        }
    }

    private WatchStatus read(WatchdogConfiguration configuration, Map<String, Object> kafka) throws InterruptedException {
        Clock clock = Clock.systemUTC();
        AlertOverview overview = AlertOverview.read(configuration.alerts(), kafka, clock);
        List<KnownNode> nodes = KnownNodes.read(kafka, overview.alerts().stream().map(AlertOverview.ListedAlert::alert).toList(), clock,
                        unreadable -> spec.commandLine().getErr().println(KnownNodes.skipped(unreadable)))
                .values().stream().filter(node -> node.state() != KnownNode.Following.NOT_FOLLOWED).toList();
        Map<String, Instant> delivered = LastDeliveries.read(kafka, PATIENCE)
                .orElseThrow(() -> new KafkaException("Kafka did not answer within " + PATIENCE.toSeconds() + " s"));
        List<String> unrouted = AlertChecks.unroutedPages(configuration, key -> true).stream().map(SettingsFinding::message).toList();
        try (Admin admin = Admin.create(kafka)) {
            return new WatchStatus(nodes, LastHeartbeats.listen(kafka),
                    WorkerGroup.read(admin, configuration.detectors().streams().applicationId(), Topics.NODE_EVENTS),
                    WorkerGroup.read(admin, Clients.GROUP, Topics.ALERTS),
                    configuration.alerts().sinkNames(), delivered, unrouted, overview, silences(kafka, clock));
        }
    }

    private static List<Silence> silences(Map<String, Object> kafka, Clock clock) throws InterruptedException {
        try (SilenceStore store = new SilenceStore(kafka, clock)) {
            store.start();
            if (!store.awaitCaughtUp(PATIENCE)) {
                throw new KafkaException("Kafka did not answer within " + PATIENCE.toSeconds() + " s");
            }
            return store.all().stream().filter(silence -> silence.state(clock.instant()) == Silence.SilenceState.ACTIVE).toList();
        }
    }
}
