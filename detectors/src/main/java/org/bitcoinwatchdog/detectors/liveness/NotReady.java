package org.bitcoinwatchdog.detectors.liveness;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
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
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Severity;

/**
 * bitcoind was started, its peers have more blocks, and it does not catch up with them (rules.md section 4). The rules
 * about blocks are disarmed in the meantime. An honest initial block download takes hours or days, but it gains
 * thousands of blocks an hour. So the rule judges how long the missing blocks would take at the rate of the last hour.
 * A node that crashes and connects the same blocks after each start gains nothing.
 */
public final class NotReady extends NodeRule {
    private static final int SAMPLES = 60;

    /**
     * @param behind  blocks that the outbound peers' median may be ahead of a node that is ready
     * @param warn    time after a start without getting ready, from which the rule warns
     * @param page    the same time, from which it pages
     * @param longest time that the missing blocks may take at the present pace
     */
    public record Settings(boolean enabled, int behind, Duration warn, Duration page, Duration longest) implements RuleSettings {
        public Settings {
            Check.atLeastOne("behind", behind);
            Check.positive("warn", warn);
            Check.ordered("warn", warn, "page", page);
            Check.positive("longest", longest);
        }

        public static Settings defaults() {
            return new Settings(true, 6, Duration.ofHours(1), Duration.ofHours(6), Duration.ofDays(30));
        }
    }

    /** The highest block until that time. */
    private record Reached(long atNs, int height) {
    }

    private final Settings settings;
    /** Since when it is not ready, further starts included; 0 while it is. */
    private long sinceNs;
    private final Deque<Reached> reached = new ArrayDeque<>();
    private boolean seen;

    public NotReady(Rule rule, Settings settings) {
        super(rule, Duration.ZERO);
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.NODE_STARTED || body == NodeEvent.BodyCase.HEARTBEAT;
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        boolean starts = (!seen || node.continuity().restarted()) && sinceNs == 0;
        seen = true;
        if (starts) {
            sinceNs = node.nowNs();
        }
        return starts;
    }

    @Override
    protected boolean advance(NodeContext node) {
        OptionalInt behind = node.chain().evidence().behind();
        if (sinceNs == 0 || behind.isEmpty()) {
            return false; // it was ready, or nothing is known yet
        }
        if (behind.getAsInt() <= settings.behind()) {
            sinceNs = 0;
            reached.clear();
            return true;
        }
        return sample(node.nowNs(), node.chain().evidence().ownHeight().orElseThrow());
    }

    @Override
    protected Judgement judge(NodeContext node) {
        if (sinceNs == 0) {
            return Judgement.over(() -> over(node));
        }
        OptionalInt behind = node.chain().evidence().behind();
        if (behind.isEmpty()) {
            return Judgement.UNDECIDED;
        }
        Optional<Severity> found = isStuck(settings.page(), behind.getAsInt(), node) ? Optional.of(Severity.PAGE)
                : isStuck(settings.warn(), behind.getAsInt(), node) ? Optional.of(Severity.WARN) : Optional.empty();
        return Judgement.of(found, () -> finding(behind.getAsInt(), node), () -> gains(node));
    }

    @Override
    protected boolean restarted(NodeContext node) {
        return false;
    }

    /** The node may be started again and continue where it was. */
    @Override
    protected End end() {
        return End.NEVER;
    }

    /** One sample for each part of the longer window; the last one grows. */
    private boolean sample(long nowNs, int height) {
        int highest = Math.max(height, reached.isEmpty() ? 0 : reached.getLast().height());
        long spacingNs = settings.page().toNanos() / SAMPLES;
        if (reached.isEmpty() || nowNs - reached.getLast().atNs() >= spacingNs) {
            reached.addLast(new Reached(nowNs, highest));
            while (reached.size() > SAMPLES + 2) {
                reached.removeFirst();
            }
            return true;
        }
        return false;
    }

    private boolean isStuck(Duration window, int behind, NodeContext node) {
        long windowNs = window.toNanos();
        if (node.nowNs() - sinceNs < windowNs || reached.isEmpty() || node.nowNs() - reached.getFirst().atNs() < windowNs) {
            return false;
        }
        int gained = gained(windowNs, node);
        return gained <= 0 || (double) behind / gained * windowNs > settings.longest().toNanos();
    }

    private int gained(long windowNs, NodeContext node) {
        int now = Math.max(node.chain().evidence().ownHeight().orElse(0), reached.getLast().height());
        int before = reached.getFirst().height();
        for (Reached each : reached) {
            if (node.nowNs() - each.atNs() >= windowNs) {
                before = each.height();
            }
        }
        return now - before;
    }

    private Finding finding(int behind, NodeContext node) {
        long waitedNs = node.nowNs() - sinceNs;
        int own = node.chain().evidence().ownHeight().orElse(0);
        int gained = gained(settings.warn().toNanos(), node);
        String window = Words.span(settings.warn().toNanos());
        boolean downloading = node.chain().evidence().downloading();
        String summary = String.format(Locale.ROOT, "%s is not at the tip %s after its start: %,d blocks behind its peers", node.node(),
                Words.span(waitedNs), behind);
        String description = String.format(Locale.ROOT, "bitcoind of %s is at height %,d, and the median of its outbound peers at %,d%s. It gained"
                        + " %s in %s (warns after %s, pages after %s, if it is more than %s behind and the"
                        + " rest would take more than %d days at that rate). The rules about blocks"
                        + " are disarmed until it is at the tip. Look at getblockchaininfo, at debug.log, at the disk and at the"
                        + " peers (getpeerinfo: synced_headers, inflight). A -reindex connects no block for its first hours.",
                node.node(), own, own + behind, downloading ? ", and it tells its peers that it is in initial block download" : "",
                Words.count(gained, "block"), window, window, Words.span(settings.page().toNanos()),
                Words.count(settings.behind(), "block"), settings.longest().toDays());
        return new Finding(summary, description, new Evidence(
                List.of(Measurement.against("behind", behind, settings.behind(), "blocks"),
                        Measurement.against("waited", Words.seconds(waitedNs), settings.warn().toSeconds(), "seconds"),
                        Measurement.of("gained", gained, "blocks")), Map.of(), true));
    }

    @Override
    protected Finding over(NodeContext node) {
        return Finding.of(node.node() + " has the blocks of its peers");
    }

    private static Finding gains(NodeContext node) {
        return Finding.of(node.node() + " catches up with its peers again");
    }

    @Override
    protected void saveFacts(StateWriter out) {
        out.flag(seen).number(sinceNs).each(reached, (each, to) -> to.number(each.atNs()).number(each.height()));
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        seen = in.flag();
        sinceNs = in.number();
        in.each(from -> reached.addLast(new Reached(from.number(), from.integer())));
    }
}
