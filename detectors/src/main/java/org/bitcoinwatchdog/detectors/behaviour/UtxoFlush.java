package org.bitcoinwatchdog.detectors.behaviour;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Judgement;
import org.bitcoinwatchdog.detectors.alerting.Rule;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.NodeRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.FlushMode;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;
import org.bitcoinwatchdog.events.UtxoCacheFlush;

/**
 * Writing the UTXO cache to disk took long (rules.md section 4, estimated). During the flush the node connects no block
 * and takes no transaction. A flush of initial block download or at shutdown is long because the cache is full then.
 */
public final class UtxoFlush extends NodeRule {
    private static final double US_PER_S = 1e6;

    /**
     * @param longest duration of a flush from which the rule fires
     * @param told    how long the alert fires after the last such flush
     */
    public record Settings(boolean enabled, Duration longest, Duration told) implements RuleSettings {
        public Settings {
            Check.positive("longest", longest);
            Check.positive("told", told);
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofSeconds(30), Duration.ofHours(1));
        }
    }

    private final Settings settings;
    private long lastUs;
    private long slowUs;
    private long slowAtNs;
    private long coins;
    private long bytes;

    public UtxoFlush(Rule rule, Settings settings) {
        super(rule, Duration.ZERO);
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.UTXO_CACHE_FLUSH;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        if (!event.hasUtxoCacheFlush()) {
            return false;
        }
        UtxoCacheFlush flush = event.getUtxoCacheFlush();
        lastUs = flush.getDurationUs();
        boolean slow = lastUs >= settings.longest().toNanos() / 1_000;
        if (slow && node.chain().armed() && flush.getMode() != FlushMode.FLUSH_MODE_FORCE_FLUSH) {
            slowUs = lastUs;
            slowAtNs = node.nowNs();
            coins = flush.getCoins();
            bytes = flush.getMemoryBytes();
        }
        return true;
    }

    @Override
    protected boolean restarted(NodeContext node) {
        boolean told = slowAtNs != 0;
        slowAtNs = 0;
        return told;
    }

    @Override
    protected Judgement judge(NodeContext node) {
        boolean told = slowAtNs != 0 && node.nowNs() - slowAtNs < settings.told().toNanos();
        return Judgement.of(told, Severity.INFO, () -> finding(node), () -> over(node));
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        return Optional.of(score(lastUs / US_PER_S, settings.longest().toSeconds(), "seconds"));
    }

    private Finding finding(NodeContext node) {
        return new Finding(String.format(Locale.ROOT, "%s took %.0f s to write its UTXO cache", node.node(), slowUs / US_PER_S),
                String.format(Locale.ROOT, "%s ago, %s took %.1f s to write %,d coins (%,d MiB) to disk (fires from %s). It"
                                + " connected no block and took no transaction in that time. Check the disk's load and health; a"
                                + " smaller dbcache or an SSD makes flushes shorter.",
                        Words.span(node.nowNs() - slowAtNs), node.node(), slowUs / US_PER_S, coins, bytes >> 20,
                        Words.span(settings.longest().toNanos())), evidence());
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = node.node() + " had no slow write of its UTXO cache for " + Words.span(settings.told().toNanos());
        return new Finding(text, text + ".", evidence());
    }

    private Evidence evidence() {
        return new Evidence(List.of(
                Measurement.against("flush", slowUs / US_PER_S, settings.longest().toSeconds(), "seconds"),
                Measurement.of("coins", coins, "coins"), Measurement.of("memory", bytes, "bytes")), Map.of(), true);
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.number(lastUs).number(slowUs).number(slowAtNs).number(coins).number(bytes);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        lastUs = in.number();
        slowUs = in.number();
        slowAtNs = in.number();
        coins = in.number();
        bytes = in.number();
    }
}
