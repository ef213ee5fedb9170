package org.bitcoinwatchdog.agent.witness;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bitcoinwatchdog.events.Backoff;
import org.bitcoinwatchdog.events.BlockHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks one witness for its tip, again and again, in a thread of its own. */
public final class WitnessFollower implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WitnessFollower.class);
    private static final Duration LONGEST_BACK_OFF = Duration.ofMinutes(5);
    /** Agents that were started together don't ask together. */
    private static final double LEAST_WAIT = 0.8;
    private static final Duration LONGEST_EXIT = Duration.ofSeconds(2);

    /** A block that the witness's best chain gained. */
    public record GainedBlock(BlockHeader header, int height) {
    }

    private final WitnessSettings settings;
    private final HeaderSource source;
    private final WitnessChain chain;
    private final Clock clock;
    private final Backoff backoff;
    private final Consumer<GainedBlock> gained;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Instant answeredAt = Instant.EPOCH;
    private volatile Optional<String> fault = Optional.empty();
    private volatile long answers;
    private volatile long failures;
    private int failuresInRow;
    private volatile int height = -1;

    /** @param gained called for each block, lowest first, by the follower's thread */
    public WitnessFollower(WitnessSettings settings, Clock clock, Consumer<GainedBlock> gained) {
        this(settings, source(settings), clock, gained);
    }

    WitnessFollower(WitnessSettings settings, HeaderSource source, Clock clock, Consumer<GainedBlock> gained) {
        this.settings = settings;
        this.source = source;
        this.chain = new WitnessChain(settings.chain(), clock);
        this.clock = clock;
        this.backoff = new Backoff(settings.interval(), Stream.of(settings.interval(), LONGEST_BACK_OFF).max(Comparator.naturalOrder()).orElseThrow());
        this.gained = gained;
        this.thread = new Thread(this::run, "witness " + settings.name());
        thread.setDaemon(true);
    }

    private static HeaderSource source(WitnessSettings settings) {
        WitnessHttp http = new WitnessHttp(settings);
        return settings.rest().isPresent()
                ? new RestSource(http, settings.chain()) : new EsploraSource(http, settings.chain());
    }

    public void start() {
        thread.start();
    }

    public WitnessSettings settings() {
        return settings;
    }

    /** When it last gave answers that hold; the epoch's begin before the first. */
    public Instant answeredAt() {
        return answeredAt;
    }

    /** Why its last answer could not be used; empty if it could. */
    public Optional<String> fault() {
        return fault;
    }

    public long answers() {
        return answers;
    }

    public long failures() {
        return failures;
    }

    /** Of the last block that was gained; -1 before the first. */
    public int height() {
        return height;
    }

    @Override
    public void close() {
        closing.countDown();
        source.close();
        try {
            thread.join(LONGEST_EXIT.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing.await(jittered(ask()).toMillis(), TimeUnit.MILLISECONDS)) {
                // asked again
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks once, and returns how long to wait before the next time. */
    Duration ask() {
        try {
            List<WitnessChain.WitnessBlock> blocks = chain.follow(source);
            answers++;
            answeredAt = clock.instant();
            if (fault.isPresent()) {
                LOG.info("Witness {} answers again.", settings.name());
            }
            fault = Optional.empty();
            failuresInRow = 0;
            for (WitnessChain.WitnessBlock block : blocks) {
                height = block.height();
                gained.accept(new GainedBlock(block.header(), block.height()));
            }
            return settings.interval();
        } catch (IOException | RuntimeException e) {
            return failed(e);
        }
    }

    private Duration failed(Exception e) {
        failuresInRow++;
        Duration pause = backoff.pause(failuresInRow);
        if (closing.getCount() == 0) {
            return pause;
        }
        failures++;
        String text = e instanceof WitnessFault ? e.getMessage() : "its answer triggered a bug: " + e;
        if (!fault.equals(Optional.of(text))) {
            LOG.warn("Witness {} can't be used: {}. The agent asks again.", settings.name(), text);
        }
        fault = Optional.of(text);
        Duration asked = e instanceof WitnessFault refused ? refused.retryAfter().orElse(Duration.ZERO) : Duration.ZERO;
        return pause.compareTo(asked) > 0 ? pause : asked;
    }

    private static Duration jittered(Duration wait) {
        return Duration.ofMillis((long) (wait.toMillis() * ThreadLocalRandom.current().nextDouble(LEAST_WAIT, 1)));
    }
}
