package org.bitcoinwatchdog.detectors.addresses;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.bitcoinwatchdog.detectors.alerting.Finding;
import org.bitcoinwatchdog.detectors.alerting.Words;
import org.bitcoinwatchdog.detectors.network.AddressText;
import org.bitcoinwatchdog.detectors.network.Netgroup;
import org.bitcoinwatchdog.detectors.node.NodeContext;
import org.bitcoinwatchdog.events.Evidence;
import org.bitcoinwatchdog.events.Measurement;

/**
 * The evidence of an address flood.
 *
 * @param worst     the peers with discarded entries in the window, the worst first
 * @param discarded entries of the node in the window
 * @param distinct  estimate of different addresses among what these peers sent
 */
record FloodReport(
        AddressFlood.Settings settings, NodeContext node, List<Sender> worst, long discarded, long distinct) {
    private static final int NAMED = 20;

    Finding finding() {
        long now = node.nowNs();
        if (over()) {
            return overFinding();
        }
        List<Sender> flooding = worst.stream().filter(sender -> sender.discarded.sum(now) >= settings.peerEntries()).toList();
        List<Sender> meant = flooding.isEmpty() ? worst : flooding; // many peers may flood with a little each
        Figures figures = meant.stream().map(Sender::figures).reduce(Figures.NONE, Figures::plus);
        List<String> netgroups = meant.stream().flatMap(sender -> AddressText.parse(sender.address).stream())
                .flatMap(address -> Netgroup.of(address).stream()).map(Netgroup::name).distinct().sorted().toList();
        List<String> as = meant.stream().flatMap(sender -> AddressText.parse(sender.address).stream())
                .flatMapToInt(address -> node.peers().asOf(address).stream()).distinct().sorted()
                .mapToObj(number -> "AS" + number).toList();
        return new Finding(summary(flooding), description(meant, figures, netgroups), new Evidence(
                measurements(flooding, figures),
                Map.of("peers", meant.stream().limit(NAMED).map(Sender::toString).toList(),
                        "netgroups", netgroups.stream().limit(NAMED).toList(),
                        "as-numbers", as.stream().limit(NAMED).toList()),
                meant.stream().allMatch(sender -> sender.bucket().exact())));
    }

    private boolean over() {
        return discarded < settings.nodeEntries()
                && worst.stream().noneMatch(sender -> sender.discarded.sum(node.nowNs()) >= settings.peerEntries());
    }

    private Finding overFinding() {
        String span = Words.span(settings.window().toNanos());
        return new Finding(node.node() + " is no longer flooded with addresses", String.format(Locale.ROOT,
                "In %s, %s exceeded the rate at which Bitcoin Core takes them from a peer, and no peer sent %,d of them.",
                span, Words.count(discarded, "address entry", "address entries"), settings.peerEntries()),
                new Evidence(List.of(Measurement.against("discarded-entries", discarded, settings.nodeEntries(), "entries")),
                        Map.of(), worst.stream().allMatch(sender -> sender.bucket().exact())));
    }

    private String summary(List<Sender> flooding) {
        return String.format(Locale.ROOT, "%s is flooded with addresses%s: %s over Bitcoin Core's limit in %s", node.node(),
                flooding.isEmpty() ? "" : " by " + Words.count(flooding.size(), "peer"),
                Words.count(discarded, "entry", "entries"), Words.span(settings.window().toNanos()));
    }

    private String description(List<Sender> meant, Figures figures, List<String> netgroups) {
        return String.format(Locale.ROOT, "In %s, %,d address entries exceeded the rate at which Bitcoin Core takes them from a peer"
                        + " (pages from %,d, or from %d peers with %,d each; warns from one). From %s%s: %,d entries in %,d messages,"
                        + " %.1f a message; %s have a time in the future, %s are unroutable, about %,d different addresses."
                        + " Core discards what is over its limit; check whether the peers should be disconnected and banned"
                        + " (bitcoin-cli getpeerinfo: addr_rate_limited; setban).",
                Words.span(settings.window().toNanos()), discarded, settings.nodeEntries(), settings.peers(),
                settings.peerEntries(), Words.list(meant.stream().map(Sender::toString).toList(), 10),
                netgroups.isEmpty() ? "" : " in " + Words.list(netgroups, 5),
                figures.entries(), figures.messages(), figures.entriesPerMessage(),
                Words.percent(figures.share(figures.future())), Words.percent(figures.share(figures.unroutable())), distinct);
    }

    private List<Measurement> measurements(List<Sender> flooding, Figures figures) {
        long now = node.nowNs();
        long most = worst.isEmpty() ? 0 : worst.get(0).discarded.sum(now);
        return List.of(
                Measurement.against("discarded-entries", discarded, settings.nodeEntries(), "entries"),
                Measurement.against("flooding-peers", flooding.size(), settings.peers(), "peers"),
                Measurement.against("discarded-entries-of-worst-peer", most, settings.peerEntries(), "entries"),
                Measurement.of("entries", figures.entries(), "entries"),
                Measurement.of("messages", figures.messages(), "messages"),
                Measurement.of("entries-per-message", Words.rounded(figures.entriesPerMessage()), "entries"),
                Measurement.of("future-timestamps", Words.rounded(figures.share(figures.future())), "ratio"),
                Measurement.of("unroutable-addresses", Words.rounded(figures.share(figures.unroutable())), "ratio"),
                Measurement.of("unique-addresses", distinct, "addresses"));
    }
}
