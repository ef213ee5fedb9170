package org.bitcoinwatchdog.deploy.command;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.bitcoinwatchdog.alerts.SilenceStore;
import org.bitcoinwatchdog.alerts.matching.KnownLabels;
import org.bitcoinwatchdog.alerts.matching.Matcher;
import org.bitcoinwatchdog.alerts.silence.Silence;
import org.bitcoinwatchdog.alerts.silence.SilenceJson;
import org.bitcoinwatchdog.deploy.config.AlertChecks;
import org.bitcoinwatchdog.deploy.run.KafkaConnection;
import org.bitcoinwatchdog.events.SafeText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "silence", mixinStandardHelpOptions = true, synopsisSubcommandLabel = "COMMAND",
        description = "Mutes alerts for a time: no one is notified of them. Takes effect within 2 s.")
final class SilenceCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'", Locale.ROOT);

    private interface SilenceWork {
        int on(SilenceStore silences, PrintWriter out) throws IOException;
    }

    @Spec
    private CommandSpec spec;

    @Command(description = "Adds a silence and prints its id, then how many firing alerts it covers and until when. It ends by itself.", mixinStandardHelpOptions = true)
    int add(@Mixin ConfigOption config,
            @Option(names = "--for", paramLabel = "DURATION", defaultValue = "1h",
                    description = "How long it lasts: 30m, 2h, 7d. Default: ${DEFAULT-VALUE}.") Duration duration,
            @Option(names = "--starts", paramLabel = "TIME",
                    description = "When it starts, for planned maintenance: 2026-12-01T02:00:00Z. Default: now.")
            Optional<Instant> starts,
            @Option(names = "--author", paramLabel = "NAME", defaultValue = "${sys:user.name}",
                    description = "Who adds it. Default: ${DEFAULT-VALUE}.") String author,
            @Option(names = "--comment", paramLabel = "TEXT", required = true, description = "The reason, such as \"upgrade\".") String comment,
            @Parameters(paramLabel = "MATCHER", arity = "1..*", description = "Which alerts: those that match all of them. Examples: node=alice, "
                    + "severity!=page, 'alertname=~\"Fleet.*|NoBlock\"'. Operators: =, !=, =~, !~.")
            List<String> matchers) {
        List<Matcher> parsed = parsed(matchers);
        requireText("--comment", comment, "the reason, such as \"upgrade of alice\"");
        requireText("--author", author, "a name, such as carol");
        return with(config, (silences, out) -> {
            Instant begin = starts.orElseGet(Instant::now);
            Silence silence = silences.add(parsed, author, comment, starts, begin.plus(duration));
            out.println(silence.id());
            out.flush();
            spec.commandLine().getErr().println(coverage(silence, silences.firing(silence.matchers(), PATIENCE), begin));
            return WatchdogCommand.DONE;
        });
    }

    private List<Matcher> parsed(List<String> matchers) {
        KnownLabels labels = AlertChecks.knownLabels();
        List<Matcher> parsed = new ArrayList<>();
        for (String text : matchers) {
            try {
                Matcher matcher = Matcher.parse(text);
                labels.problem(matcher).ifPresent(problem -> {
                    throw new IllegalArgumentException(problem);
                });
                parsed.add(matcher);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine().getSubcommands().get("add"), "MATCHER '" + text + "': " + e.getMessage() + (e.getMessage().endsWith("?") ? "" : ".")
                        + " Examples: node=alice, severity!=page", e);
            }
        }
        return parsed;
    }

    private void requireText(String option, String value, String use) {
        if (value.isBlank()) {
            throw OptionValues.wrong(spec.subcommands().get("add").getCommandSpec(), option, value, use);
        }
    }

    private static String coverage(Silence silence, long firing, Instant begin) {
        String alerts = firing == 0 ? "no alert that fires now" : firing == 1 ? "1 alert that fires now" : firing + " alerts that fire now";
        return "It covers " + alerts + ". It holds from " + utc(begin) + " until " + utc(silence.endsAt()) + ".";
    }

    private static String utc(Instant at) {
        return UTC.format(at.atOffset(ZoneOffset.UTC));
    }

    @Command(description = "Lists active and pending silences.", mixinStandardHelpOptions = true)
    int list(@Mixin ConfigOption config,
            @Option(names = "--all", description = "Also lists silences that ended within the last five days.") boolean all,
            @Option(names = "--json", description = "Prints one silence a line, as JSON.") boolean json) {
        return with(config, (silences, out) -> {
            Instant now = Instant.now();
            for (Silence silence : silences.all()) {
                if (all || silence.state(now) != Silence.SilenceState.EXPIRED) {
                    out.println(json ? json(silence, now) : text(silence, now));
                }
            }
            return WatchdogCommand.DONE;
        });
    }

    @Command(description = "Ends silences now. People are then notified of matching alerts that still fire.", mixinStandardHelpOptions = true)
    int expire(@Mixin ConfigOption config, @Parameters(paramLabel = "ID", arity = "1..*",
            description = "Ids of silences, or the beginnings of ids, as long as they are unique.") List<String> ids) {
        return with(config, (silences, out) -> {
            List<String> known = silences.all().stream()
                    .filter(silence -> silence.state(Instant.now()) != Silence.SilenceState.EXPIRED).map(Silence::id).toList();
            for (String id : ids.stream().map(prefix -> unique(prefix, known)).distinct().toList()) {
                silences.expire(id);
                out.println("ended " + id);
            }
            return WatchdogCommand.DONE;
        });
    }

    private static String unique(String prefix, List<String> known) {
        List<String> matching = known.stream().filter(id -> id.startsWith(prefix)).toList();
        if (prefix.isEmpty() || matching.isEmpty()) {
            throw new IllegalArgumentException("there is no active or pending silence " + prefix + ". watchdog silence list shows their ids");
        }
        if (matching.size() > 1) {
            throw new IllegalArgumentException(matching.size() + " silences begin with " + prefix + ". Use more of the id: "
                    + String.join(", ", matching));
        }
        return matching.get(0);
    }

    private int with(ConfigOption config, SilenceWork work) {
        try (KafkaConnection kafka = config.connect(config.read());
                SilenceStore silences = new SilenceStore(kafka.clientProperties(), Clock.systemUTC())) {
            silences.start();
            if (!silences.awaitCaughtUp(PATIENCE)) {
                throw new CommandFailure("Kafka did not answer within " + PATIENCE.toSeconds() + " s");
            }
            int status = work.on(silences, spec.commandLine().getOut());
            spec.commandLine().getOut().flush();
            return status;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        } catch (KafkaException e) {
            throw new CommandFailure(e.getMessage(), e);
        } catch (IOException e) {
            throw new IllegalStateException("a silence is always JSON", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }

    private static String text(Silence silence, Instant now) {
        String matchers = silence.matchers().stream().map(Matcher::toString).collect(Collectors.joining(" "));
        return SafeText.lines(silence.id() + "  " + state(silence, now) + "  " + silence.startsAt() + " to "
                + silence.endsAt() + "  " + matchers + "  " + silence.author() + ": " + silence.comment());
    }

    private static String json(Silence silence, Instant now) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode line = (ObjectNode) mapper.readTree(SilenceJson.write(silence));
        return mapper.writeValueAsString(line.put("state", state(silence, now)));
    }

    private static String state(Silence silence, Instant now) {
        return silence.state(now).name().toLowerCase(Locale.ROOT);
    }
}
