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
import org.bitcoinwatchdog.detectors.node.AnnouncedHeaders;
import org.bitcoinwatchdog.detectors.node.BlockHash;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.detectors.node.NodeRule;
import org.bitcoinwatchdog.detectors.settings.Check;
import org.bitcoinwatchdog.detectors.settings.RuleSettings;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.events.BlockHeader;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Inventory;
import org.bitcoinwatchdog.events.InventoryEntry;
import org.bitcoinwatchdog.events.Measurement;
import org.bitcoinwatchdog.events.Message;
import org.bitcoinwatchdog.events.NodeEvent;
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;

/**
 * A header with valid work extends the chain, and the node has not connected its block. Either the announcing peers
 * withhold the block, or the node refused it. Headers come from headers, cmpctblock and block messages. An inv contains
 * no work: it only adds its sender to the announcing peers.
 */
public final class AnnouncedNotConnected extends NodeRule {
    /** Of 42,617 real blocks 99.5 % arrived at two nodes within 18 s of one another (rules.md section 1). */
    private static final long LATE_ANNOUNCEMENT_NS = Duration.ofMinutes(1).toNanos();
    /** After each block, this many blocks of the chain are checked, since the events of some may have been lost. */
    private static final int CHAIN = 8;
    /** Type of an inv's entry without its witness flag. */
    private static final int INV_BLOCK = 2;
    private static final int INV_TYPE_MASK = 0x3fffffff;

    /** @param page time since the header's announcement from which the rule pages */
    public record Settings(boolean enabled, Duration page, Duration clearAfter) implements RuleSettings {
        public Settings {
            Check.positive("page", page);
            Check.notNegative("clear-after", clearAfter);
        }

        public static Settings defaults() {
            return new Settings(true, Duration.ofSeconds(300), Duration.ZERO);
        }
    }

    private final Settings settings;
    private final PendingHeaders headers = new PendingHeaders();
    /** Whether a block was connected since the last judgement. */
    private boolean connected;

    public AnnouncedNotConnected(Rule rule, Settings settings) {
        super(rule, settings.clearAfter(), Cadence.EACH_SECOND);
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return body == NodeEvent.BodyCase.BLOCK_CONNECTED || body == NodeEvent.BodyCase.INBOUND_MESSAGE && switch (payload) {
            case HEADERS, BLOCK, INVENTORY -> true;
            default -> false;
        };
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        return switch (event.getBodyCase()) {
            case BLOCK_CONNECTED -> {
                headers.connected(new BlockHash(event.getBlockConnected().getHash()), node.chain().blocks().down(CHAIN));
                connected = true;
                yield true;
            }
            case INBOUND_MESSAGE -> announced(event, node.nowNs());
            default -> false;
        };
    }

    private boolean announced(NodeEvent event, long nowNs) {
        Message message = event.getInboundMessage();
        if (message.hasInventory()) {
            return !headers.isEmpty() && announced(message.getInventory(), message.getPeer().getAddress());
        }
        boolean changed = false;
        for (BlockHeader header : AnnouncedHeaders.in(event)) {
            changed |= headers.announced(header, message.getPeer().getAddress(), nowNs);
        }
        return changed;
    }

    private boolean announced(Inventory inventory, String announcer) {
        if (inventory.getCountsList().stream().noneMatch(count -> isBlock(count.getType()))) {
            return false;
        }
        boolean changed = false;
        for (InventoryEntry entry : InventoryEntry.firstOf(inventory)) {
            changed |= isBlock(entry.type()) && headers.announced(entry.hash(), announcer);
        }
        return changed;
    }

    private static boolean isBlock(int type) {
        return (type & INV_TYPE_MASK) == INV_BLOCK;
    }

    @Override
    protected boolean judgesNow(NodeContext node) {
        return connected;
    }

    /** The new process must still connect what was announced. */
    @Override
    protected boolean restarted(NodeContext node) {
        return false;
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        long waitNs = headers.oldest(header -> true).map(oldest -> waitNs(oldest, node)).orElse(0L);
        return node.chain().armed()
                ? Optional.of(score(Words.seconds(waitNs), settings.page().toSeconds(), "seconds"))
                : Optional.empty();
    }

    @Override
    protected boolean advance(NodeContext node) {
        return headers.dropSplit(node.chain().sides());
    }

    @Override
    protected Judgement judge(NodeContext node) {
        connected = false;
        Optional<PendingHeaders.Pending> missing = !node.chain().armed() ? Optional.empty()
                : headers.oldest(header -> firing() || watchedSinceAnnounced(header, node))
                        .filter(oldest -> waitNs(oldest, node) >= settings.page().toNanos());
        return Judgement.of(missing.isPresent(), Severity.PAGE, () -> finding(missing.orElseThrow(), node), () -> over(node));
    }

    /**
     * Otherwise the block may have been connected unseen, as the next block will show. A slow peer may also announce it
     * soon after the hole.
     */
    private static boolean watchedSinceAnnounced(PendingHeaders.Pending header, NodeContext node) {
        return header.announcedAtNs >= node.continuity().blocksKnownSinceNs() + LATE_ANNOUNCEMENT_NS;
    }

    private static long waitNs(PendingHeaders.Pending header, NodeContext node) {
        return node.nowNs() - header.announcedAtNs;
    }

    private Finding finding(PendingHeaders.Pending oldest, NodeContext node) {
        List<PendingHeaders.Pending> above = headers.above();
        List<String> announcers = above.stream().flatMap(each -> each.announcers.stream()).distinct().toList();
        String waited = Words.span(waitNs(oldest, node));
        String summary = String.format(Locale.ROOT, "%s has not connected block %d, announced %s ago", node.node(), oldest.height, waited);
        String description = String.format(Locale.ROOT, "The header of block %d (%s) extends the chain of %s with valid proof of work and was"
                        + " announced %s ago (pages from %s), first by %s. The block was not connected; the node is at height"
                        + " %d, and %s announced in all. Check whether the block was received and refused (debug.log, bitcoin-cli"
                        + " getchaintips), or whether the announcing peers withhold it.",
                oldest.height, oldest.hash, node.node(), waited, Words.span(settings.page().toNanos()),
                Words.list(List.copyOf(oldest.announcers), 3), headers.tipHeight(),
                above.size() == 1 ? "no other is" : Words.count(above.size(), "such header") + " are");
        Evidence evidence = new Evidence(
                List.of(Measurement.against("wait", Words.seconds(waitNs(oldest, node)), settings.page().toSeconds(), "seconds"),
                        Measurement.of("announced-blocks", above.size(), "blocks"),
                        Measurement.of("height", headers.tipHeight(), "blocks")),
                Map.of("blocks", above.stream().limit(10).map(each -> each.hash.toString()).toList(),
                        "peers", announcers.stream().limit(20).toList()),
                watchedSinceAnnounced(oldest, node));
        return new Finding(summary, description, evidence);
    }

    @Override
    protected Finding over(NodeContext node) {
        String text = node.continuity().stopped() ? node.node() + " was stopped" : node.chain().armed()
                ? String.format(Locale.ROOT, "%s connected what was announced, up to height %d", node.node(), headers.tipHeight())
                : String.format(Locale.ROOT, "%s is catching up, at height %d", node.node(), headers.tipHeight());
        return new Finding(text, text + ".", new Evidence(
                List.of(Measurement.of("height", headers.tipHeight(), "blocks")), Map.of(), true));
    }

    @Override
    protected int formerVersions() {
        return 1;
    }

    @Override
    protected int version() {
        return 3;
    }

    @Override
    protected void saveFacts(StateWriter out) {
        headers.save(out);
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        headers.restore(in, version >= 3);
    }
}
