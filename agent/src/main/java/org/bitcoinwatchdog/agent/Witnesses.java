package org.bitcoinwatchdog.agent;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.bitcoinwatchdog.agent.TracedNode.AgentRun;
import org.bitcoinwatchdog.agent.discovery.NodeRegister;
import org.bitcoinwatchdog.agent.publish.EventSink;
import org.bitcoinwatchdog.agent.witness.WitnessFollower;
import org.bitcoinwatchdog.agent.witness.WitnessFollower.GainedBlock;
import org.bitcoinwatchdog.agent.witness.WitnessSettings;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.Heartbeat;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.NodeStarted;
import org.bitcoinwatchdog.events.NodeStopped;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the configured witnesses and publishes each as a node that is marked as a witness. */
final class Witnesses implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Witnesses.class);
    private static final String PREFIX = "watchdog.agent.witness.";
    private static final long NS_PER_SECOND = 1_000_000_000;

    private final List<PublishedWitness> witnesses;
    private final Duration heartbeatInterval;
    private final AgentMeters meters;
    private final ScheduledExecutorService heartbeats;

    Witnesses(AgentSettings settings, NodeRegister register, AgentRun run, EventSink sink, MeterRegistry registry, AgentMeters meters,
            Clock clock) {
        this.meters = meters;
        this.heartbeatInterval = settings.heartbeatInterval();
        this.witnesses = settings.witnesses().stream()
                .map(witness -> new PublishedWitness(witness, register, run, sink, registry, clock))
                .toList();
        this.heartbeats = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "witness heartbeats");
            thread.setDaemon(true);
            return thread;
        });
    }

    void start() {
        witnesses.forEach(PublishedWitness::start);
        if (!witnesses.isEmpty()) {
            long interval = heartbeatInterval.toMillis();
            heartbeats.scheduleAtFixedRate(
                    this::heartbeat, interval, interval, TimeUnit.MILLISECONDS);
        }
    }

    /** As the timer does. */
    void heartbeat() {
        witnesses.forEach(this::heartbeat);
    }

    /** A timer ends silently with the first exception: the next heartbeat and the other witnesses must not end with it. */
    private void heartbeat(PublishedWitness witness) {
        try {
            witness.heartbeat();
        } catch (RuntimeException e) {
            meters.fault();
            LOG.error("The heartbeat of a witness has failed: this is a bug. The next one is tried.", e);
        }
    }

    @Override
    public void close() {
        heartbeats.shutdownNow();
        witnesses.forEach(PublishedWitness::close);
    }

    private static long nanoseconds(Instant instant) {
        return instant.getEpochSecond() * NS_PER_SECOND + instant.getNano();
    }

    /** One epoch of a witness. Its follower and the heartbeats publish from two threads. */
    private static final class PublishedWitness implements AutoCloseable {
        private final WitnessFollower follower;
        private final AgentRun run;
        private final NodeStream stream;
        private final Clock clock;
        private boolean stopped;

        PublishedWitness(WitnessSettings settings, NodeRegister register, AgentRun run, EventSink sink, MeterRegistry registry,
                Clock clock) {
            this.run = run;
            this.clock = clock;
            String network = settings.chain().name();
            long epoch = register.nextEpoch(settings.name(), network, nanoseconds(clock.instant()));
            this.stream = new NodeStream(settings.name(), network, epoch, sink, event -> { });
            this.follower = new WitnessFollower(settings, clock, this::gained);
            Tags tags = Tags.of("node", settings.name(), "network", network);
            FunctionCounter.builder(PREFIX + "answers", follower, WitnessFollower::answers)
                    .description("Valid answers of the witness").tags(tags).register(registry);
            FunctionCounter.builder(PREFIX + "failures", follower, WitnessFollower::failures)
                    .description("Requests to the witness without a valid answer").tags(tags).register(registry);
            Gauge.builder(PREFIX + "height", follower, WitnessFollower::height)
                    .description("Height of the witness's best chain; -1 before its first answer").tags(tags).register(registry);
        }

        synchronized void start() {
            stamp(now().setNodeStarted(NodeStarted.newBuilder().setHost(run.host()).setAgentRun(run.id())));
            follower.start();
        }

        synchronized void heartbeat() {
            stream.account().takeUnreported().forEach(lost -> stamp(now().setLoss(NodeAccount.loss(lost))));
            Instant answeredAt = follower.answeredAt();
            stamp(now().setHeartbeat(Heartbeat.newBuilder()
                    .setPublished(stream.account().published())
                    .setAcknowledged(stream.account().acknowledged())
                    .setLost(stream.account().lost())
                    .setSpooled(stream.account().waiting())
                    .setHost(run.host())
                    .setAgentRun(run.id())
                    .setWitnessAnsweredAtNs(nanoseconds(answeredAt))));
        }

        @Override
        public void close() {
            follower.close();
            synchronized (this) {
                stamp(now().setNodeStopped(NodeStopped.newBuilder().setCause(NodeStopped.Cause.CAUSE_AGENT_STOPPED)));
                stopped = true;
            }
        }

        private synchronized void gained(GainedBlock block) {
            stamp(now().setBlockConnected(BlockConnected.newBuilder()
                    .setHash(block.header().getHash())
                    .setHeight(block.height())
                    .setHeader(block.header())));
        }

        /** A heartbeat or a block that is late must not follow the last event: the witness would count as running again. */
        private void stamp(NodeEvent.Builder event) {
            if (stopped) {
                return;
            }
            stream.stamp(event.setWitness(true));
        }

        private NodeEvent.Builder now() {
            return NodeEvent.newBuilder().setObservedAtNs(nanoseconds(clock.instant()));
        }
    }
}
