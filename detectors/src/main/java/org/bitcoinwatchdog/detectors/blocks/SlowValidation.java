package org.bitcoinwatchdog.detectors.blocks;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.NodeRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.window.LastValues;
import org.bitcoinwatchdog.events.BlockConnected;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Severity;

/**
 * A block took the node far longer to connect than the last blocks: more than {@code factor} times their median, and
 * more than a floor, since a median of milliseconds is easily exceeded. The alert resolves with the next block that is
 * fast enough.
 */
public final class SlowValidation extends NodeRule {
    private static final long NS_PER_MS = 1_000_000;

    /**
     * @param factor    factor over the median
     * @param floor     a block that connects faster is never slow
     * @param blocks    number of blocks of which the median is taken
     * @param minBlocks number of blocks needed before the rule judges
     */
    public record Settings(boolean enabled, double factor, Duration floor, int blocks, int minBlocks) implements RuleSettings {
        public Settings {
            if (!(factor >= 1)) {
                throw new IllegalArgumentException("factor must be at least 1");
            }
            Check.positive("floor", floor);
            Check.atLeastOne("min-blocks", minBlocks);
            Check.ordered("min-blocks", minBlocks, "blocks", blocks);
        }

        public static Settings defaults() {
            return new Settings(true, 10, Duration.ofSeconds(5), 144, 12);
        }
    }

    private record Slow(BlockHash hash, int height, long tookMs, long medianMs, int blocks) {
    }

    private final Settings settings;
    /** Milliseconds. */
    private final LastValues durations;
    private Optional<Slow> slow = Optional.empty();
    private long lastMs;
    /** Whether a block was connected that was not judged yet. */
    private boolean due;

    public SlowValidation(Rule rule, Settings settings) {
        super(rule, Duration.ZERO, Cadence.EACH_SECOND);
        this.settings = settings;
        durations = new LastValues(settings.blocks());
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.BLOCK_CONNECTED;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        BlockConnected block = event.getBlockConnected();
        long tookMs = block.getDurationNs() / NS_PER_MS;
        slow = Optional.of(tookMs)
                .filter(took -> took > settings.floor().toMillis() && node.chain().armed())
                .filter(took -> durations.count() >= settings.minBlocks() && took > settings.factor() * durations.median())
                .map(took -> new Slow(new BlockHash(block.getHash()), block.getHeight(), took, durations.median(), durations.count()));
        durations.add(tookMs);
        lastMs = tookMs;
        due = true;
        return true;
    }

    @Override
    protected boolean judgesNow(NodeContext node) {
        return true;
    }

    /** Only a block shows how long blocks take. */
    @Override
    protected Judgement judge(NodeContext node) {
        if (!due) {
            return Judgement.UNDECIDED;
        }
        due = false;
        return Judgement.of(slow.isPresent(), Severity.WARN, () -> finding(slow.orElseThrow(), node), () -> over(node));
    }

    @Override
    protected boolean restarted(NodeContext node) {
        return false;
    }

    private Finding finding(Slow slow, NodeContext node) {
        String summary = String.format(Locale.ROOT, "%s took %.1f s to connect block %d", node.node(), slow.tookMs() / 1e3, slow.height());
        double threshold = Math.max(settings.floor().toMillis(), settings.factor() * slow.medianMs()) / 1e3;
        String description = String.format(Locale.ROOT, "%s (%s), %.0f times the median of its last %s (%d ms). It warns above %.1f s: %.0f times"
                        + " the median, and at least %s. Check the load of the host's disk and memory (a small dbcache, a scrub or a backup), whether"
                        + " debug.log reports a flush at that time, and whether other nodes needed as long for this block. If so,"
                        + " the block itself is slow to validate.",
                summary, slow.hash(), slow.tookMs() / Math.max(1.0, slow.medianMs()), Words.count(slow.blocks(), "block"),
                slow.medianMs(), threshold, settings.factor(), Words.span(settings.floor().toNanos()));
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("duration", slow.tookMs() / 1e3, threshold, "seconds"),
                        Measurement.of("median-duration", slow.medianMs() / 1e3, "seconds"),
                        Measurement.of("height", slow.height(), "blocks")),
                Map.of("blocks", List.of(slow.hash().toString())), true));
    }

    @Override
    protected Finding over(NodeContext node) {
        if (node.continuity().stopped()) {
            return Finding.of(node.node() + " was stopped");
        }
        String text = String.format(Locale.ROOT, "%s connected its last block within %.1f s", node.node(), lastMs / 1e3);
        return new Finding(text, text + ".", new Evidence(
                List.of(Measurement.of("duration", lastMs / 1e3, "seconds")), Map.of(), true));
    }

    @Override
    protected int formerVersions() {
        return 1;
    }

    @Override
    protected void saveFacts(StateWriter out) {
        durations.save(out);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        durations.restore(in);
    }
}
