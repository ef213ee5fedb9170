package org.bitcoinwatchdog.deploy.command;

import java.io.PrintWriter;
import java.util.List;
import org.bitcoinwatchdog.deploy.config.WatchdogConfiguration;
import org.bitcoinwatchdog.deploy.run.KafkaConnection;
import org.bitcoinwatchdog.deploy.topics.TopicAdmin;
import org.bitcoinwatchdog.deploy.topics.TopicPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(name = "topics", description = "Creates and checks the topics in Kafka.", mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class TopicsCommand {
    private interface TopicsWork {
        int on(TopicAdmin topics, TopicPlan plan, PrintWriter out);
    }

    @Spec
    private CommandSpec spec;

    @Command(description = "Creates missing topics, and corrects the settings of existing ones without which events would be lost.", mixinStandardHelpOptions = true)
    int create(@Mixin ConfigOption config) {
        return with(config, (topics, plan, out) -> {
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
        return with(config, (topics, plan, out) -> {
            List<String> differences = topics.differences(plan);
            differences.forEach(out::println);
            if (differences.isEmpty()) {
                out.println("ok");
                return WatchdogCommand.DONE;
            }
            return WatchdogCommand.FAILED;
        });
    }

    private int with(ConfigOption config, TopicsWork work) {
        WatchdogConfiguration configuration = config.read();
        try (KafkaConnection kafka = config.connect(configuration);
                TopicAdmin topics = new TopicAdmin(kafka.clientProperties())) {
            return work.on(topics, topics.plan(configuration.topics()), spec.commandLine().getOut());
        }
    }
}
