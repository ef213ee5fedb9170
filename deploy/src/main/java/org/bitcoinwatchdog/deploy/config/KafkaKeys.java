package org.bitcoinwatchdog.deploy.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.streams.StreamsConfig;
import org.bitcoinwatchdog.deploy.config.ConfigurationFile.SettingsFinding;
import org.bitcoinwatchdog.events.Spelling;

/** Whether Kafka's clients know the keys below {@code kafka}, and take their values. */
public final class KafkaKeys {
    private static final String KAFKA = "kafka";
    private static final List<ConfigDef> CLIENTS = List.of(AdminClientConfig.configDef(), ProducerConfig.configDef(),
            ConsumerConfig.configDef(), StreamsConfig.configDef());
    private static final List<String> PREFIXES = List.of("main.consumer.", "restore.consumer.", "global.consumer.",
            "consumer.", "producer.", "admin.");
    /** Of plug-ins, with keys of their own. */
    private static final List<String> FREE = List.of("config.providers.", "topic.", "client.tag.", "metrics.context.");

    private KafkaKeys() {
    }

    /** Errors only where another key was probably meant, or a value is not valid. */
    static List<SettingsFinding> findings(WatchdogConfiguration configuration, Predicate<String> sound) {
        List<SettingsFinding> findings = new ArrayList<>();
        Set<String> known = known();
        new TreeMap<>(configuration.kafka()).forEach((key, value) -> {
            String name = withoutPrefix(key);
            if (!known.contains(name) && FREE.stream().noneMatch(key::startsWith)) {
                findings.add(unknown(configuration, key, name, known));
            } else {
                invalid(name, value).ifPresent(problem ->
                        findings.add(SettingsFinding.error(configuration, problem, KAFKA, key)));
            }
        });
        return findings;
    }

    private static SettingsFinding unknown(WatchdogConfiguration configuration, String key, String name, Set<String> known) {
        Optional<String> nearest = Spelling.nearest(name, known);
        return nearest.map(near -> SettingsFinding.error(configuration, "no Kafka client has this key, did you mean "
                        + key.substring(0, key.length() - name.length()) + near + "?", KAFKA, key))
                .orElseGet(() -> SettingsFinding.warning(configuration,
                        "no Kafka client has this key; it is passed on for plug-ins", KAFKA, key));
    }

    /** The values may be secrets, so Kafka's message is not repeated. */
    private static Optional<String> invalid(String name, String value) {
        for (ConfigDef client : CLIENTS) {
            if (client.names().contains(name)) {
                ConfigValue checked = client.validate(new HashMap<>(Map.of(name, value))).stream()
                        .filter(each -> each.name().equals(name)).findFirst().orElseThrow();
                if (!checked.errorMessages().isEmpty() && !value.isBlank()) {
                    return Optional.of("Kafka's clients do not take this value: expected " + expected(client, name));
                }
            }
        }
        return Optional.empty();
    }

    private static String expected(ConfigDef client, String name) {
        ConfigDef.ConfigKey key = client.configKeys().get(name);
        String type = key.type().name().toLowerCase(java.util.Locale.ROOT);
        return key.validator == null ? type : type + " " + key.validator;
    }

    private static String withoutPrefix(String key) {
        return PREFIXES.stream().filter(key::startsWith).findFirst().map(prefix -> key.substring(prefix.length())).orElse(key);
    }

    private static Set<String> known() {
        Set<String> known = new TreeSet<>();
        CLIENTS.forEach(client -> known.addAll(client.names()));
        return known;
    }
}
