package org.bitcoinwatchdog.deploy.bench.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.deploy.broker.EmbeddedBroker;
import org.bitcoinwatchdog.deploy.topics.TopicAdmin;
import org.bitcoinwatchdog.deploy.topics.TopicSettings;

/** An agent, its broker, and nodes that come and go, for a given time. */
final class Endurance implements AutoCloseable {
    private static final Duration SHORTEST_ROUND = Duration.ofSeconds(2);
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(15);
    private static final Duration TRACED_FOR = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(100);
    /** Numbers of rounds: the broker ends at the second and starts again at the third. */
    private static final int BROKER_EVERY = 12;

    /** One process that stood in for a node. */
    record Run(String node, long pid, long fired) {
    }

    private final Path directory;
    private final Map<String, List<String>> nodes = new TreeMap<>();
    private final Map<String, Path> executables = new TreeMap<>();
    private final Map<String, StandInProcess> running = new TreeMap<>();
    private final List<Run> runs = new ArrayList<>();
    private final FiguresOverTime figures = new FiguresOverTime();
    private EmbeddedBroker broker;
    private EventBooks books;
    private WatchdogProcess agent;
    private int restartsOfTheBroker;

    private Endurance(Path directory) {
        this.directory = directory;
    }

    /** @param nodes by name, the arguments of tracepoint-player for each node */
    static Endurance begin(Path directory, Path player, Map<String, String[]> nodes) throws IOException {
        Endurance endurance = new Endurance(directory);
        endurance.startBroker();
        Map<String, Object> kafka = Map.of("bootstrap.servers", endurance.broker.bootstrapServers());
        try (TopicAdmin topics = new TopicAdmin(kafka)) {
            topics.createMissing(topics.plan(TopicSettings.defaults()));
        }
        endurance.books = new EventBooks(kafka);
        for (Map.Entry<String, String[]> node : nodes.entrySet()) {
            endurance.nodes.put(node.getKey(), List.of(node.getValue()));
            endurance.executables.put(node.getKey(), StandInProcess.install(player, directory.resolve(node.getKey())));
        }
        endurance.agent = WatchdogProcess.agent(directory, endurance.broker.bootstrapServers(), endurance.settings());
        for (String node : nodes.keySet()) {
            endurance.startNode(node);
        }
        return endurance;
    }

    /**
     * Restarts one node a round, and sometimes the broker: it is killed or ended in order, and stays away for a round.
     */
    void last(Duration length) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Duration round = round(length);
        List<String> names = List.copyOf(nodes.keySet());
        for (int number = 0; System.nanoTime() - begin < length.toNanos() || restartsOfTheBroker == 0; number++) {
            awaitEndOfRound(begin + round.toNanos() * (number + 1));
            if (number % BROKER_EVERY == 1) {
                endBroker(number / BROKER_EVERY % 2 == 0);
            }
            String node = names.get(number % names.size());
            stopNode(node);
            startNode(node);
            if (number % BROKER_EVERY == 2) {
                startBroker();
                restartsOfTheBroker++;
            }
        }
    }

    /** Ends the nodes, waits until the agent notices, ends the agent, and reads the rest of the topic. */
    void end() throws IOException, InterruptedException {
        if (broker.onExit().isDone()) {
            startBroker();
        }
        awaitEndOfRound(System.nanoTime() + SHORTEST_ROUND.toNanos());
        for (String node : nodes.keySet()) {
            stopNode(node);
        }
        int status = agent.stop();
        if (status != 0) {
            throw new IllegalStateException("the agent ended with " + status + ":\n" + agent.log());
        }
        books.readToEnd();
    }

    List<Run> runs() {
        return List.copyOf(runs);
    }

    int restartsOfTheBroker() {
        return restartsOfTheBroker;
    }

    EpochBook book(Run run) {
        return books.books().stream()
                .filter(book -> book.node().equals(run.node()) && book.pid() == run.pid())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nothing arrived of " + run));
    }

    FiguresOverTime figures() {
        return figures;
    }

    String report() throws IOException {
        long events = books.books().stream().mapToLong(EpochBook::events).sum();
        long missing = books.books().stream().mapToLong(book -> book.missing() + book.outOfOrder()).sum();
        long fired = runs.stream().mapToLong(Run::fired).sum();
        String each = runs.stream().map(run -> run + "  " + book(run) + "\n").collect(Collectors.joining());
        return String.format(Locale.ROOT, "%d processes of %d nodes traced, the broker restarted %d times; %,d calls fired, %,d events in "
                        + "Kafka in %d epochs, %,d missing or out of order%n%s%n%s%n%s",
                runs.size(), nodes.size(), restartsOfTheBroker, fired, events, books.books().size(), missing, figures, each, agent.log());
    }

    @Override
    public void close() {
        running.values().forEach(StandInProcess::close);
        if (agent != null) {
            agent.close();
        }
        if (books != null) {
            books.close();
        }
        broker.close();
    }

    private static Duration round(Duration length) {
        Duration fitting = length.dividedBy(240);
        return fitting.compareTo(SHORTEST_ROUND) < 0 ? SHORTEST_ROUND
                : fitting.compareTo(LONGEST_ROUND) > 0 ? LONGEST_ROUND : fitting;
    }

    /** If a process was attached late, the round lasts until the process has been traced for a second. */
    private void awaitEndOfRound(long endNs) throws IOException {
        for (long end = Math.max(endNs, System.nanoTime() + TRACED_FOR.toNanos()); System.nanoTime() < end; ) {
            books.read(POLL);
            String log = agent.log();
            if (!running.values().stream().allMatch(process -> log.contains("process " + process.pid() + "):"))) {
                end = Math.max(end, System.nanoTime() + TRACED_FOR.toNanos());
            }
            if (!agent.isAlive() || !running.values().stream().allMatch(StandInProcess::isAlive)) {
                throw new IllegalStateException((agent.isAlive() ? "a traced process" : "the agent") + " has ended:\n" + log);
            }
        }
        figures.add(ProcessFigures.of(agent.pid()));
    }

    private void startNode(String node) throws IOException {
        running.put(node, StandInProcess.start(executables.get(node), nodes.get(node)));
    }

    private void stopNode(String node) throws IOException, InterruptedException {
        StandInProcess process = running.remove(node);
        try {
            runs.add(new Run(node, process.pid(), process.stop()));
        } catch (IllegalStateException e) {
            throw new IllegalStateException(node + ", process " + process.pid() + ":\n" + agent.log(), e);
        }
    }

    private void startBroker() {
        broker = EmbeddedBroker.start(directory.resolve("broker"));
    }

    private void endBroker(boolean suddenly) throws InterruptedException {
        if (suddenly) {
            ProcessHandle.of(broker.pid()).ifPresent(ProcessHandle::destroyForcibly);
        } else {
            broker.close();
        }
        broker.onExit().join();
    }

    private String settings() {
        return executables.entrySet().stream()
                .map(node -> "{name: " + node.getKey() + ", bitcoind: " + node.getValue() + ", network: regtest}")
                .collect(Collectors.joining(", ", "{nodes: [", "]}"));
    }
}
