package org.bitcoinwatchdog.deploy.command;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.bitcoinwatchdog.alerts.kafka.Clients;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.deploy.run.KafkaConnection;
import org.bitcoinwatchdog.deploy.topics.TopicAcls;
import org.bitcoinwatchdog.deploy.topics.TopicAdmin;
import org.bitcoinwatchdog.deploy.topics.TopicPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

@Command(name = "topics", description = "Creates and checks the topics in Kafka.", mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class TopicsCommand {
    private interface TopicsWork {
        int on(TopicAdmin topics, TopicPlan plan, WatchdogConfiguration configuration, PrintWriter out);
    }

    @Spec
    private CommandSpec spec;

    @Command(description = "Creates missing topics, and corrects the settings of existing ones without which events would be lost.", mixinStandardHelpOptions = true)
    int create(@Mixin ConfigOption config) {
        return with(config, (topics, plan, configuration, out) -> {
            List<String> created = topics.createMissing(plan);
            created.forEach(name -> out.println("created " + name));
            List<String> changed = topics.mend(plan);
            changed.forEach(out::println);
            if (created.isEmpty() && changed.isEmpty()) {
                out.println("all topics exist");
            }
            return WatchdogCommand.DONE;
        });
    }

    @Command(description = "Lists differences between the topics and their required settings.", mixinStandardHelpOptions = true)
    int check(@Mixin ConfigOption config) {
        return with(config, (topics, plan, configuration, out) -> {
            List<String> differences = new ArrayList<>(topics.differences(plan));
            differences.addAll(topics.fewerCopies(plan, configuration.detectors().streams().applicationId()));
            differences.forEach(out::println);
            if (differences.isEmpty()) {
                out.println("ok");
                return WatchdogCommand.DONE;
            }
            return WatchdogCommand.FAILED;
        });
    }

    enum AclForm { KAFKA_ACLS, STRIMZI }

    @Command(description = "Prints what each part may do in a Kafka with an authorizer: no more than it needs.",
            mixinStandardHelpOptions = true)
    int acls(@Mixin ConfigOption config,
            @Option(names = "--form", defaultValue = "kafka-acls", converter = FormConverter.class, paramLabel = "kafka-acls|strimzi",
                    description = "Lines for kafka-acls.sh, or Strimzi's KafkaUser. Default: ${DEFAULT-VALUE}") AclForm form) {
        TopicAcls acls = new TopicAcls(config.read().detectors().streams().applicationId(), Clients.GROUP);
        PrintWriter out = spec.commandLine().getOut();
        for (TopicAcls.Role role : TopicAcls.Role.values()) {
            out.println("# " + role.user() + ": " + role.meaning());
        }
        (form == AclForm.STRIMZI ? acls.asStrimziUsers() : acls.asKafkaAcls()).forEach(out::println);
        return WatchdogCommand.DONE;
    }

    /** So that the values look like the other options' values. */
    static final class FormConverter implements CommandLine.ITypeConverter<AclForm> {
        @Override
        public AclForm convert(String text) {
            return switch (text) {
                case "kafka-acls" -> AclForm.KAFKA_ACLS;
                case "strimzi" -> AclForm.STRIMZI;
                default -> throw new CommandLine.TypeConversionException("'" + text + "' is not kafka-acls or strimzi");
            };
        }
    }

    private int with(ConfigOption config, TopicsWork work) {
        WatchdogConfiguration configuration = config.read();
        try (KafkaConnection kafka = config.connect(configuration);
                TopicAdmin topics = new TopicAdmin(kafka.clientProperties())) {
            return work.on(topics, topics.plan(configuration.topics()), configuration, spec.commandLine().getOut());
        }
    }
}
