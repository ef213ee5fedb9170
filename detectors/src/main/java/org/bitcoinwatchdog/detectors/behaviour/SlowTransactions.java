package org.bitcoinwatchdog.detectors.behaviour;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
import org.bitcoinwatchdog.events.Score;
import org.bitcoinwatchdog.events.Severity;

/**
 * Peers send transactions that take long to validate (rules.md section 4). A node handles one message at a time, so meanwhile
 * it handles no block either. {@link TransactionTiming} tells how long each one took. A node whose disk or processor is slow
 * takes long for the transactions of every peer, so a peer is judged against the median of the others.
 */
public final class SlowTransactions extends NodeRule {
    private static final int MOST = 64;
    private static final int NAMED = 20;
    /** A loss is published within two heartbeats. It may cover transactions that were measured already. */
    private static final long LOSS_TOLD_WITHIN_NS = Duration.ofSeconds(2).toNanos();

    /**
     * @param slow         how long the node takes for a transaction that counts
     * @param transactions number of such transactions of one address in {@code window} from which the rule warns
     * @param overMedian   how many times the median of the other addresses' transactions {@code slow} must be
     */
    public record Settings(boolean enabled, Duration slow, int transactions, Duration window, double overMedian, Duration clearAfter)
            implements RuleSettings {
        public Settings {
            Check.positive("slow", slow);
            Check.atLeastOne("transactions", transactions);
            Check.positive("window", window);
            Check.notNegative("clear-after", clearAfter);
            if (!(overMedian >= 1)) {
                throw new IllegalArgumentException("over-median must be at least 1");
            }
        }

        /** Estimated: honest transactions take milliseconds, and tens of milliseconds on a slow disk. */
        public static Settings defaults() {
            return new Settings(true, Duration.ofSeconds(1), 3, Duration.ofMinutes(10), 10, Duration.ofMinutes(5));
        }
    }

    /** @param atNs when it was validated */
    private record SlowTransaction(String sender, long atNs, long tookNs) {
    }

    private final Settings settings;
    private final TransactionTiming timing = new TransactionTiming();
    private final Deque<SlowTransaction> slow = new ArrayDeque<>();

    public SlowTransactions(Rule rule, Settings settings) {
        super(rule, settings.clearAfter());
        this.settings = settings;
    }

    @Override
    public boolean wants(NodeEvent.BodyCase body, Message.PayloadCase payload) {
        return TransactionTiming.takes(body);
    }

    @Override
    protected boolean take(NodeEvent event, NodeContext node) {
        long tookNs = timing.take(event, node.nowNs(), node.continuity().messagesKnownSinceNs());
        if (tookNs > settings.slow().toNanos()) {
            slow.addLast(new SlowTransaction(timing.lastSender(), node.nowNs(), tookNs));
            if (slow.size() > MOST) {
                slow.removeFirst();
            }
        }
        return timing.changed();
    }

    @Override
    protected boolean advance(NodeContext node) {
        long lossEndNs = node.continuity().messagesKnownSinceNs();
        return slow.removeIf(each -> node.nowNs() - each.atNs() > settings.window().toNanos()
                || each.atNs() - each.tookNs() < lossEndNs && lossEndNs <= each.atNs() + LOSS_TOLD_WITHIN_NS);
    }

    @Override
    protected boolean restarted(NodeContext node) {
        slow.clear();
        timing.clear();
        return true;
    }

    /** The senders with at least that many slow transactions, each with its number. */
    private Map<String, Integer> senders() {
        Map<String, Integer> bySender = new TreeMap<>();
        slow.forEach(each -> bySender.merge(each.sender(), 1, Integer::sum));
        bySender.entrySet().removeIf(each -> each.getValue() < settings.transactions() || hostIsSlow(each.getKey()));
        return bySender;
    }

    private boolean hostIsSlow(String sender) {
        return settings.overMedian() * timing.medianNsWithout(sender) > settings.slow().toNanos();
    }

    private static int most(Map<String, Integer> senders) {
        return senders.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    @Override
    protected Judgement judge(NodeContext node) {
        boolean found = slow.size() >= settings.transactions() && !senders().isEmpty();
        return Judgement.of(found, Severity.WARN, () -> finding(node), () -> over(node));
    }

    @Override
    public Optional<Score> score(NodeContext node) {
        Map<String, Integer> bySender = new TreeMap<>();
        slow.forEach(each -> bySender.merge(each.sender(), 1, Integer::sum));
        return Optional.of(score(most(bySender), settings.transactions(), "transactions"));
    }

    private Finding finding(NodeContext node) {
        Map<String, Integer> senders = senders();
        List<String> names = senders.keySet().stream().toList();
        long all = senders.values().stream().mapToInt(Integer::intValue).sum();
        double longest = Words.seconds(slow.stream().filter(each -> senders.containsKey(each.sender())).mapToLong(SlowTransaction::tookNs).max().orElse(0));
        double median = Words.rounded(timing.medianNsWithout(names.get(0)) / 1e9);
        String count = Words.count(senders.size(), "address", "addresses");
        return new Finding(count + (senders.size() == 1 ? " sends " : " send ") + node.node() + " transactions that are slow to validate",
                String.format(Locale.ROOT, "In %s, %s took longer than %s for each of %s from %s: %s. The longest took %.2f s, and at"
                                + " most %d came from one address (the rule warns from %d). The median of the other peers'"
                                + " transactions is %.3f s. bitcoind handles no other message and no block meanwhile. Compare with"
                                + " debug.log and bitcoin-cli getpeerinfo (bytesrecv_per_msg: tx). Disconnect the peers"
                                + " (disconnectnode), and ban their addresses if they come back (setban).",
                        Words.span(settings.window().toNanos()), node.node(), Words.span(settings.slow().toNanos()),
                        Words.count(all, "transaction"), count, Words.list(names, 5), longest, most(senders), settings.transactions(), median),
                new Evidence(List.of(
                        Measurement.against("slow-transactions-of-one-peer", most(senders), settings.transactions(), "transactions"),
                        Measurement.against("peers", senders.size(), 1, "peers"),
                        Measurement.of("slow-transactions", all, "transactions"),
                        Measurement.of("longest", longest, "seconds"), Measurement.of("median-of-others", median, "seconds")),
                        Map.of("peers", names.stream().limit(NAMED).toList()),
                        node.continuity().messagesKnownSinceNs() <= node.nowNs() - settings.window().toNanos()));
    }

    @Override
    protected Finding over(NodeContext node) {
        return Finding.of("No peer sends " + node.node() + " transactions that are slow to validate now");
    }

    @Override
    protected void saveFacts(StateWriter out) {
        timing.save(out);
        out.each(slow, (each, to) -> to.text(each.sender()).number(each.atNs()).number(each.tookNs()));
    }

    @Override
    protected void restoreFacts(StateReader in, int version) {
        timing.restore(in);
        in.each(from -> slow.addLast(new SlowTransaction(from.text(), from.number(), from.number())));
    }
}
