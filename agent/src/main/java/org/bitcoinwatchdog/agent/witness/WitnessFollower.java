package org.bitcoinwatchdog.agent.witness;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
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
    private final Consumer<GainedBlock> gained;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private volatile Instant answeredAt = Instant.EPOCH;
    private volatile Optional<String> fault = Optional.empty();
    private volatile long answers;
    private volatile long failures;
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
            Duration backOff = Duration.ZERO;
            do {
                backOff = ask(backOff);
            } while (!closing.await(jittered(backOff.isZero() ? settings.interval() : backOff).toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Asks once.
     *
     * @param backOff the last wait after a failure; zero after an answer
     * @return the next wait after a failure; zero after an answer
     */
    Duration ask(Duration backOff) {
        try {
            List<WitnessChain.WitnessBlock> blocks = chain.follow(source);
            answers++;
            answeredAt = clock.instant();
            if (fault.isPresent()) {
                LOG.info("Witness {} answers again.", settings.name());
            }
            fault = Optional.empty();
            for (WitnessChain.WitnessBlock block : blocks) {
                height = block.height();
                gained.accept(new GainedBlock(block.header(), block.height()));
            }
            return Duration.ZERO;
        } catch (IOException | RuntimeException e) {
            return failed(e, backOff);
        }
    }

    private Duration failed(Exception e, Duration backOff) {
        if (closing.getCount() == 0) {
            return backOff;
        }
        failures++;
        String text = e instanceof WitnessFault ? e.getMessage() : "its answer triggered a bug: " + e;
        if (!fault.equals(Optional.of(text))) {
            LOG.warn("Witness {} can't be used: {}. The agent asks again.", settings.name(), text);
        }
        fault = Optional.of(text);
        Duration asked = e instanceof WitnessFault refused ? refused.retryAfter().orElse(Duration.ZERO) : Duration.ZERO;
        Duration longer = backOff.isZero() ? settings.interval() : backOff.multipliedBy(2);
        Duration next = longer.compareTo(LONGEST_BACK_OFF) > 0 ? LONGEST_BACK_OFF : longer;
        return next.compareTo(asked) > 0 ? next : asked;
    }

    private static Duration jittered(Duration wait) {
        return Duration.ofMillis((long) (wait.toMillis() * ThreadLocalRandom.current().nextDouble(LEAST_WAIT, 1)));
    }
}
