package org.bitcoinwatchdog.deploy.topics;

import static org.apache.kafka.common.acl.AclOperation.ALTER_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DELETE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.bitcoinwatchdog.events.Topics;

/** What each part may do in a Kafka that others run: no more than it needs. */
public final class TopicAcls {
    /** Who connects to Kafka. {@code up} has the rights of all. */
    public enum Role {
        AGENT("the agent, on each host with nodes"),
        DETECT("the detectors"),
        ALERT("the alert worker with the console"),
        ADMIN("people: topics create, topics check, nodes, nodes forget, silence, alerts, chain");

        private final String meaning;

        Role(String meaning) {
            this.meaning = meaning;
        }

        public String meaning() {
            return meaning;
        }

        /** As a user of Kafka is called by default, such as watchdog-agent. */
        public String user() {
            return "watchdog-" + name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** A right, for every operation in it. */
    public record Right(Role role, ResourceType resource, PatternType pattern, String name, Set<AclOperation> operations) {
        public Right {
            operations = java.util.Collections.unmodifiableSet(new TreeSet<>(operations));
        }
    }

    private final List<Right> rights = new ArrayList<>();

    /**
     * @param applicationId {@code detectors.streams.application-id}: group and prefix of the detectors' own topics and transactions
     * @param alertGroup    the group of the alert workers
     */
    public TopicAcls(String applicationId, String alertGroup) {
        topics(Role.AGENT, Set.of(WRITE, DESCRIBE), Topics.NODE_EVENTS);

        topics(Role.DETECT, Set.of(READ, DESCRIBE), Topics.NODE_EVENTS);
        topics(Role.DETECT, Set.of(WRITE, DESCRIBE), Topics.NODE_DIGESTS, Topics.ALERTS, Topics.CHAIN_STATUS, Topics.DEAD_LETTERS);
        // Kafka Streams creates its topics for states and between steps, and deletes records that it has read.
        right(Role.DETECT, ResourceType.TOPIC, PatternType.PREFIXED, applicationId + "-",
                CREATE, READ, WRITE, DESCRIBE, DELETE, DESCRIBE_CONFIGS);
        right(Role.DETECT, ResourceType.GROUP, PatternType.LITERAL, applicationId, READ, DESCRIBE);
        right(Role.DETECT, ResourceType.TRANSACTIONAL_ID, PatternType.PREFIXED, applicationId, WRITE, DESCRIBE);

        topics(Role.ALERT, Set.of(READ, DESCRIBE), Topics.ALERTS, Topics.NODE_DIGESTS, Topics.CHAIN_STATUS, Topics.NODE_EVENTS);
        topics(Role.ALERT, Set.of(READ, WRITE, DESCRIBE), Topics.DELIVERIES, Topics.SILENCES);
        right(Role.ALERT, ResourceType.GROUP, PatternType.LITERAL, alertGroup, READ, DESCRIBE);

        topics(Role.ADMIN, Set.of(CREATE, READ, WRITE, DESCRIBE, DESCRIBE_CONFIGS, ALTER_CONFIGS), Topics.NODE_EVENTS, Topics.NODE_DIGESTS,
                Topics.ALERTS, Topics.CHAIN_STATUS, Topics.SILENCES, Topics.DELIVERIES, Topics.DEAD_LETTERS);
        right(Role.ADMIN, ResourceType.TOPIC, PatternType.PREFIXED, applicationId + "-", DESCRIBE);
        right(Role.ADMIN, ResourceType.GROUP, PatternType.LITERAL, applicationId, DESCRIBE);
    }

    public List<Right> rights() {
        return List.copyOf(rights);
    }

    /** Lines for Kafka's own tool, {@code kafka-acls.sh}. */
    public List<String> asKafkaAcls() {
        List<String> lines = new ArrayList<>();
        for (Right right : rights) {
            StringBuilder line = new StringBuilder("kafka-acls.sh --bootstrap-server \"$KAFKA\" --command-config admin.properties --add")
                    .append(" --allow-principal User:").append(right.role().user());
            right.operations().forEach(operation -> line.append(" --operation ").append(camelCase(operation)));
            line.append(switch (right.resource()) {
                case TOPIC -> " --topic ";
                case GROUP -> " --group ";
                default -> " --transactional-id ";
            }).append(right.name());
            if (right.pattern() == PatternType.PREFIXED) {
                line.append(" --resource-pattern-type prefixed");
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** Resources of Strimzi, one KafkaUser for each role. */
    public List<String> asStrimziUsers() {
        List<String> lines = new ArrayList<>();
        for (Role role : Role.values()) {
            lines.addAll(List.of("---", "apiVersion: kafka.strimzi.io/v1", "kind: KafkaUser", "metadata:", "  name: " + role.user(),
                    "  labels: {strimzi.io/cluster: watchdog}", "spec:", "  authentication: {type: scram-sha-512}", "  authorization:",
                    "    type: simple", "    acls:"));
            rights.stream().filter(right -> right.role() == role).forEach(right -> lines.add(String.format(
                    "      - {resource: {type: %s, name: %s, patternType: %s}, operations: [%s]}",
                    right.resource() == ResourceType.TRANSACTIONAL_ID ? "transactionalId" : lower(right.resource()), right.name(),
                    right.pattern() == PatternType.PREFIXED ? "prefix" : "literal",
                    String.join(", ", right.operations().stream().map(TopicAcls::camelCase).toList()))));
        }
        return lines;
    }

    private void topics(Role role, Set<AclOperation> operations, String... names) {
        for (String name : names) {
            rights.add(new Right(role, ResourceType.TOPIC, PatternType.LITERAL, name, operations));
        }
    }

    private void right(Role role, ResourceType resource, PatternType pattern, String name, AclOperation... operations) {
        rights.add(new Right(role, resource, pattern, name, Set.of(operations)));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String camelCase(AclOperation operation) {
        return Arrays.stream(operation.name().split("_")).map(word -> word.charAt(0) + word.substring(1).toLowerCase(java.util.Locale.ROOT))
                .reduce("", String::concat);
    }
}
