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
 * The evidence of an address flood. Every figure covers the messages of {@link FloodWindow} and the peers that sent
 * them.
 *
 * @param peers peers whose entries Core discards within the window, the worst first
 */
record FloodReport(AddressFlood.Settings settings, NodeContext node, List<Sender> peers, FloodWindow.Content content) {
    private static final int NAMED = 20;
    private static final int NAMED_IN_TEXT = 10;

    Finding finding() {
        boolean over = content.discarded() < settings.nodeEntries() && flooding().isEmpty();
        return over ? overFinding() : new Finding(summary(), description(), evidence(measurements()));
    }

    /** Peers that exceed the limit so far that each of them alone is a warning. */
    private List<Sender> flooding() {
        return peers.stream().filter(peer -> peer.discarded(node.nowNs()) >= settings.peerEntries()).toList();
    }

    private long discarded(List<Sender> of) {
        return of.stream().mapToLong(peer -> peer.discarded(node.nowNs())).sum();
    }

    /** The number of peers is bounded: beyond it, closed peers are forgotten before their entries leave the window. */
    private String counted() {
        return (discarded(peers) == content.discarded() ? "" : "more than ") + Words.count(peers.size(), "peer");
    }

    private String window() {
        return Words.span(settings.window().toNanos());
    }

    private Finding overFinding() {
        return new Finding(node.node() + " is no longer flooded with addresses", String.format(Locale.ROOT,
                "In %s, Bitcoin Core discarded %s over its limit, and less than %,d from each peer.",
                window(), Words.count(content.discarded(), "address entry", "address entries"), settings.peerEntries()),
                evidence(List.of(discarded())));
    }

    private String summary() {
        int flooding = flooding().size();
        String who = flooding == 0 ? counted() + " flood" : Words.count(flooding, "peer floods", "peers flood");
        long theirs = discarded(flooding());
        String text = String.format(Locale.ROOT, "%s %s with addresses: %s%s over Bitcoin Core's limit in %s", who, node.node(),
                flooding == 0 || theirs == content.discarded() ? "" : String.format(Locale.ROOT, "%,d of ", theirs), Words.count(content.discarded(), "entry", "entries"), window());
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    private String description() {
        List<String> netgroups = netgroups();
        return String.format(Locale.ROOT, "In %s, %s sent %s over Bitcoin Core's limit, with %s (%.1f a message). Core discards"
                        + " %,d of the entries. %s %,d or more discarded entries each, together %,d; the worst has %,d. The rule warns from"
                        + " one such peer. It pages from %d such peers or from %,d discarded entries. Of all entries, %s have a"
                        + " time in the future and %s are unroutable. They hold about %s. Check whether to disconnect and ban the"
                        + " peers (bitcoin-cli getpeerinfo: addr_rate_limited; setban): %s%s.",
                window(), counted(), Words.count(content.messages(), "message"),
                Words.count(content.entries(), "address entry", "address entries"), content.entriesPerMessage(),
                content.discarded(), Words.count(flooding().size(), "peer has", "peers have"), settings.peerEntries(),
                discarded(flooding()), worst(), settings.peers(), settings.nodeEntries(), Words.percent(content.share(content.future())),
                Words.percent(content.share(content.unroutable())),
                Words.count(content.different(), "different address", "different addresses"),
                Words.list(peers.stream().map(Sender::toString).toList(), NAMED_IN_TEXT),
                netgroups.isEmpty() ? "" : ", in " + Words.list(netgroups, 5));
    }

    private long worst() {
        return peers.isEmpty() ? 0 : peers.get(0).discarded(node.nowNs());
    }

    private Measurement discarded() {
        return Measurement.against("discarded-entries", content.discarded(), settings.nodeEntries(), "entries");
    }

    private List<Measurement> measurements() {
        return List.of(
                discarded(),
                Measurement.against("flooding-peers", flooding().size(), settings.peers(), "peers"),
                Measurement.against("discarded-entries-of-worst-peer", worst(), settings.peerEntries(), "entries"),
                Measurement.of("discarded-entries-of-flooding-peers", discarded(flooding()), "entries"),
                Measurement.of("peers", peers.size(), "peers"),
                Measurement.of("entries", content.entries(), "entries"),
                Measurement.of("messages", content.messages(), "messages"),
                Measurement.of("entries-per-message", Words.rounded(content.entriesPerMessage()), "entries"),
                Measurement.of("future-timestamps", Words.rounded(content.share(content.future())), "ratio"),
                Measurement.of("unroutable-addresses", Words.rounded(content.share(content.unroutable())), "ratio"),
                Measurement.of("unique-addresses", content.different(), "addresses"));
    }

    private Evidence evidence(List<Measurement> measurements) {
        return new Evidence(measurements, Map.of(
                "peers", peers.stream().limit(NAMED).map(Sender::toString).toList(),
                "flooding-peers", flooding().stream().limit(NAMED).map(Sender::toString).toList(),
                "netgroups", netgroups().stream().limit(NAMED).toList(),
                "as-numbers", autonomousSystems().stream().limit(NAMED).toList()),
                peers.stream().allMatch(peer -> peer.bucket().exact()));
    }

    private List<String> netgroups() {
        return peers.stream().flatMap(peer -> AddressText.parse(peer.address).stream())
                .flatMap(address -> Netgroup.of(address).stream()).map(Netgroup::name).distinct().sorted().toList();
    }

    private List<String> autonomousSystems() {
        return peers.stream().flatMap(peer -> AddressText.parse(peer.address).stream())
                .flatMapToInt(address -> node.peers().asOf(address).stream()).distinct().sorted()
                .mapToObj(number -> "AS" + number).toList();
    }
}
