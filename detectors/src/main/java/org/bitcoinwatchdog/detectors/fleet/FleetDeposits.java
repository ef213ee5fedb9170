package org.bitcoinwatchdog.detectors.fleet;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.deposits.ChainView;
import org.bitcoinwatchdog.detectors.deposits.ChainView.ViewState;
import org.bitcoinwatchdog.detectors.deposits.DepositVerdict;
import org.bitcoinwatchdog.detectors.state.Section;
import org.bitcoinwatchdog.events.ChainStatus;
import org.bitcoinwatchdog.events.ChainStatus.Verdict;
import org.bitcoinwatchdog.events.FiringAlert;

/**
 * Decides when the verdict about deposits is written: when it changes, and every ten seconds. Silence is judged by the clock of
 * the detectors' host, so a replay judges none.
 */
final class FleetDeposits {
    private static final long SILENT_NS = Duration.ofSeconds(60).toNanos();
    private static final long REFRESH_NS = Duration.ofSeconds(10).toNanos();

    private final Section<DepositVerdict> verdict;
    private final FleetNodes nodes;
    private final Map<String, ChainView> views = new TreeMap<>();
    private final Map<String, Long> heard = new HashMap<>();
    private final Set<String> silent = new HashSet<>();
    private long startedNs;
    private long writtenNs;
    private ChainStatus written;

    FleetDeposits(Section<DepositVerdict> verdict, FleetNodes nodes) {
        this.verdict = verdict;
        this.nodes = nodes;
    }

    /**
     * A node's digest was handled.
     *
     * @param alerted whether an alert was written meanwhile
     */
    Optional<ChainStatus> after(String name, boolean alerted, List<FiringAlert> fleetAlerts, long nowNs) {
        startedNs = startedNs == 0 ? nowNs : startedNs;
        heard.put(name, nowNs);
        silent.remove(name);
        if (alerted) {
            look();
        } else {
            Optional<ChainView> now = nodes.find(name).map(this::view);
            ChainView before = now.isPresent() ? views.put(name, now.get()) : views.remove(name);
            if (now.equals(Optional.ofNullable(before)) && written != null) {
                return Optional.empty();
            }
        }
        return judge(fleetAlerts, false, nowNs);
    }

    /** Some seconds have passed, with or without digests. */
    Optional<ChainStatus> at(List<FiringAlert> fleetAlerts, long nowNs) {
        startedNs = startedNs == 0 ? nowNs : startedNs;
        heard.keySet().retainAll(nodes.all().map(FleetNode::name).toList());
        silent.clear();
        nodes.all().map(FleetNode::name).filter(name -> nowNs - heard.getOrDefault(name, startedNs) >= SILENT_NS).forEach(silent::add);
        look();
        return judge(fleetAlerts, nowNs - writtenNs >= REFRESH_NS, nowNs);
    }

    private void look() {
        views.clear();
        nodes.all().forEach(node -> views.put(node.name(), view(node)));
    }

    private ChainView view(FleetNode node) {
        ViewState state = node.stopped() ? ViewState.STOPPED : silent.contains(node.name()) ? ViewState.SILENT
                : node.behind() ? ViewState.LATE : !node.counts() ? ViewState.CATCHING_UP
                : node.hasTip() ? ViewState.CURRENT : ViewState.WITHOUT_TIP;
        return new ChainView(node.name(), node.witness(), state, node.alerts());
    }

    private Optional<ChainStatus> judge(List<FiringAlert> fleetAlerts, boolean refresh, long nowNs) {
        ChainStatus now = verdict.value().judge(List.copyOf(views.values()), fleetAlerts, nowNs);
        boolean awaits = views.keySet().stream().anyMatch(name -> !heard.containsKey(name) && !silent.contains(name));
        if (awaits && now.verdict() != Verdict.HOLD) {
            return Optional.empty(); // the detectors have just started: alerts of nodes not heard yet are missing
        }
        if (!refresh && written != null && same(now, written)) {
            return Optional.empty();
        }
        verdict.changed(verdict.value().wrote(now));
        written = now;
        writtenNs = nowNs;
        return Optional.of(now);
    }

    private static boolean same(ChainStatus one, ChainStatus other) {
        return one.verdict() == other.verdict() && one.confirmations() == other.confirmations() && one.reasons().equals(other.reasons())
                && one.nodes().equals(other.nodes()) && one.witnesses().equals(other.witnesses());
    }
}
