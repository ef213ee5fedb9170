package org.bitcoinwatchdog.deploy.check;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Utils;
import org.bitcoinwatchdog.alerts.SinkProbe;
import org.bitcoinwatchdog.alerts.sinks.SinkSettings;
import org.bitcoinwatchdog.deploy.config.ConfigurationFile.SettingsFinding;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.detectors.network.Asmap;

/** Checks that files, programs, brokers and sinks of the configuration exist. */
public final class Environment {
    private static final String KAFKA = "kafka";
    private static final String BOOTSTRAP_SERVERS = "bootstrap.servers";
    private static final List<String> KAFKA_FILES = List.of("ssl.truststore.location", "ssl.keystore.location");

    private Environment() {
    }

    public static List<SettingsFinding> findings(WatchdogConfiguration configuration, Predicate<String> sound) {
        List<SettingsFinding> findings = new ArrayList<>(SettingFiles.findings(configuration));
        asmap(configuration).ifPresent(findings::add);
        findings.addAll(kafka(configuration));
        configuration.agent().nodes().forEach(node -> node.bitcoind().filter(program -> !Files.isExecutable(program))
                .ifPresent(program -> findings.add(SettingsFinding.error(node, program + " is not an executable file", "bitcoind"))));
        findings.addAll(sinks(configuration, findings));
        return findings;
    }

    private static Optional<SettingsFinding> asmap(WatchdogConfiguration configuration) {
        try {
            configuration.detectors().asmap().ifPresent(Asmap::load);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(SettingsFinding.error(configuration.detectors(), e.getMessage(), "asmap"));
        }
    }

    private static List<SettingsFinding> kafka(WatchdogConfiguration configuration) {
        List<SettingsFinding> findings = new ArrayList<>();
        for (String key : KAFKA_FILES) {
            Optional.ofNullable(configuration.kafka().get(key)).map(Path::of).filter(file -> !Files.isReadable(file))
                    .ifPresent(file -> findings.add(SettingsFinding.error(configuration, file + " can't be read", KAFKA, key)));
        }
        List<String> brokers = configuration.bootstrapServers().stream()
                .flatMap(servers -> List.of(servers.split(",")).stream()).map(String::strip).filter(server -> !server.isEmpty()).toList();
        List<String> unresolved = brokers.stream().filter(broker -> !resolves(broker)).toList();
        boolean none = unresolved.size() == brokers.size();
        unresolved.forEach(broker -> findings.add(new SettingsFinding(configuration, List.of(KAFKA, BOOTSTRAP_SERVERS),
                "the broker " + broker + (Utils.getPort(broker) == null ? " is not host:port" : " can't be resolved"),
                none || Utils.getPort(broker) == null)));
        return findings;
    }

    private static boolean resolves(String broker) {
        try {
            String host = Utils.getHost(broker);
            return host != null && Utils.getPort(broker) != null && InetAddress.getAllByName(host).length > 0;
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** A sink that can't be connected to from here and now is a warning; one that can never work is an error. */
    private static List<SettingsFinding> sinks(WatchdogConfiguration configuration, List<SettingsFinding> found) {
        List<SettingsFinding> findings = new ArrayList<>();
        List<SinkSettings> sinks = configuration.alerts().sinks();
        List<SinkProbe.ProbeResult> answers = new SinkProbe(configuration.alerts()).reach();
        for (int i = 0; i < sinks.size(); i++) {
            SinkSettings sink = sinks.get(i);
            SinkProbe.ProbeResult answer = answers.get(i);
            boolean told = found.stream().anyMatch(finding -> finding.at() == sink && finding.error());
            if (!answer.good() && !told) {
                String message = answer.detail().startsWith("sink " + sink.name()) ? answer.detail()
                        : "sink " + sink.name() + ": " + answer.detail();
                findings.add(answer.never() ? SettingsFinding.error(sink, message) : SettingsFinding.warning(sink, message));
            }
        }
        return findings;
    }
}
