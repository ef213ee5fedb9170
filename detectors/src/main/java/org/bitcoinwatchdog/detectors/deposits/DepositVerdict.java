package org.bitcoinwatchdog.detectors.deposits;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bitcoinwatchdog.detectors.state.StateReader;
import org.bitcoinwatchdog.detectors.state.StateWriter;
import org.bitcoinwatchdog.detectors.state.Stateful;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.ChainStatus;
import org.bitcoinwatchdog.events.ChainStatus.Reason;
import org.bitcoinwatchdog.events.ChainStatus.Verdict;
import org.bitcoinwatchdog.events.FiringAlert;
import org.bitcoinwatchdog.events.Severity;

/** The verdict about the deposits of one network: from the rules that fire, and from who shows the chain now. */
public final class DepositVerdict implements Stateful {
    private static final Verdict[] VERDICTS = Verdict.values();
    private static final long NS_PER_S = 1_000_000_000L;

    private final String network;
    private final DepositRules rules;
    private Verdict verdict = Verdict.UNKNOWN;
    private long sinceNs;

    public DepositVerdict(String network, DepositRules rules) {
        this.network = network;
        this.rules = rules;
    }

    /** One effect that applies now. */
    private record Applied(DepositEffect effect, FiringAlert alert, String node) {
    }

    /**
     * @param views       the network's nodes and witnesses
     * @param fleetAlerts that fire about the whole network
     */
    public ChainStatus judge(List<ChainView> views, List<FiringAlert> fleetAlerts, long nowNs) {
        List<Applied> applied = new ArrayList<>();
        fleetAlerts.forEach(alert -> applied(alert, null).ifPresent(applied::add));
        Map<Verdict, List<String>> nodes = new EnumMap<>(Verdict.class);
        List<String> witnesses = new ArrayList<>();
        List<Reason> notSeen = new ArrayList<>();
        for (ChainView view : views) {
            List<Applied> own = view.alerts().stream().flatMap(alert -> applied(alert, view.name()).stream()).toList();
            applied.addAll(own);
            Verdict its = verdict(view, own);
            if (!view.witness()) {
                nodes.computeIfAbsent(its, key -> new ArrayList<>()).add(view.name());
            } else if (its != Verdict.UNKNOWN) {
                witnesses.add(view.name());
            }
            if (view.state() != ChainView.ViewState.CURRENT) {
                notSeen.add(unknown(view.name() + " " + view.state().text() + ".", view.name()));
            }
        }
        return status(nodes, witnesses, reasons(applied, notSeen, nodes, witnesses), nowNs);
    }

    private static Verdict verdict(ChainView view, List<Applied> own) {
        if (view.state() != ChainView.ViewState.CURRENT || any(own, DepositEffect.Kind.BLINDS)) {
            return Verdict.UNKNOWN;
        }
        boolean held = any(own, DepositEffect.Kind.HOLDS_NODE) || any(own, DepositEffect.Kind.HOLDS_NETWORK);
        return held ? Verdict.HOLD : Verdict.OK;
    }

    private static boolean any(List<Applied> applied, DepositEffect.Kind kind) {
        return applied.stream().anyMatch(each -> each.effect().kind() == kind);
    }

    private List<Reason> reasons(List<Applied> applied, List<Reason> notSeen, Map<Verdict, List<String>> nodes, List<String> witnesses) {
        int ok = nodes.getOrDefault(Verdict.OK, List.of()).size();
        int held = nodes.getOrDefault(Verdict.HOLD, List.of()).size();
        int lost = nodes.getOrDefault(Verdict.UNKNOWN, List.of()).size();
        int seen = ok + held + witnesses.size();
        boolean noneFree = ok == 0;
        List<Reason> reasons = new ArrayList<>();
        applied.forEach(each -> reasons.add(reason(each, noneFree)));
        boolean few = seen < rules.settings().views() || ok + held == 0;
        boolean lostMost = lost > ok + held;
        if (few) {
            reasons.add(unknown(String.format(Locale.ROOT, "%d of %d nodes and %d witnesses show the chain now. The verdict needs at least"
                    + " %d, and one of them must be a node.", ok + held, ok + held + lost, witnesses.size(), rules.settings().views()), null));
        } else if (lostMost) {
            reasons.add(unknown(String.format(Locale.ROOT, "Only %d of %d nodes show the chain now.", ok + held, ok + held + lost), null));
        }
        if (few || lostMost) {
            reasons.addAll(notSeen);
        }
        reasons.sort(Comparator.comparing(Reason::verdict).thenComparing(Reason::confirmations).reversed());
        return reasons;
    }

    private Reason reason(Applied applied, boolean noneFree) {
        DepositEffect effect = applied.effect();
        Verdict its = switch (effect.kind()) {
            case HOLDS_NETWORK -> Verdict.HOLD;
            case HOLDS_NODE -> noneFree ? Verdict.HOLD : Verdict.OK;
            case BLINDS -> applied.node() == null ? Verdict.UNKNOWN : Verdict.OK;
            case RAISES -> Verdict.OK;
        };
        boolean counts = its != Verdict.OK || effect.kind() == DepositEffect.Kind.RAISES;
        return new Reason(its, counts ? effect.confirmations() : rules.settings().confirmations(), effect.why(), applied.node(),
                firingRule(applied));
    }

    private ChainStatus.FiringRule firingRule(Applied applied) {
        String alertname = applied.alert().getAlertname();
        Map<String, String> labels = new TreeMap<>(Map.of(Alert.ALERTNAME, alertname, Alert.NETWORK, network,
                Alert.DETECTOR, rules.detector(alertname)));
        labels.put(applied.node() == null ? Alert.FLEET : Alert.NODE, applied.node() == null ? network : applied.node());
        return new ChainStatus.FiringRule(alertname, applied.alert().getSeverity(), Alert.fingerprint(labels),
                instant(applied.alert().getStartsAtNs()), rules.runbookBase() + alertname.toLowerCase(Locale.ROOT));
    }

    private Reason unknown(String why, String node) {
        return new Reason(Verdict.UNKNOWN, DepositEffect.MANY, why, node, null);
    }

    private Optional<Applied> applied(FiringAlert alert, String node) {
        Severity severity = Arrays.stream(Severity.values()).filter(each -> each.label().equals(alert.getSeverity())).findFirst()
                .orElse(Severity.PAGE); // of a later version
        return rules.effects(alert.getAlertname()).stream().filter(effect -> effect.appliesTo(severity))
                .max(Comparator.comparing(DepositEffect::from)).map(effect -> new Applied(effect, alert, node));
    }

    private ChainStatus status(Map<Verdict, List<String>> nodes, List<String> witnesses, List<Reason> reasons, long nowNs) {
        Verdict now = reasons.stream().map(Reason::verdict).max(Comparator.naturalOrder()).orElse(Verdict.OK);
        long since = now != verdict || sinceNs == 0 ? nowNs : sinceNs;
        int confirmations = Math.max(rules.settings().confirmations(), reasons.stream().mapToInt(Reason::confirmations).max().orElse(0));
        return new ChainStatus(network, now, confirmations, reasons, nodes, witnesses, instant(since), instant(nowNs),
                instant(nowNs).plus(ChainStatus.VALID));
    }

    /** The status was written: it begins or goes on. */
    public boolean wrote(ChainStatus status) {
        boolean begins = sinceNs == 0 || verdict != status.verdict();
        if (begins) {
            verdict = status.verdict();
            sinceNs = status.since().getEpochSecond() * NS_PER_S + status.since().getNano();
        }
        return begins;
    }

    private static Instant instant(long ns) {
        return Instant.ofEpochSecond(Math.floorDiv(ns, NS_PER_S), Math.floorMod(ns, NS_PER_S));
    }

    @Override
    public String section() {
        return "deposit-verdict";
    }

    @Override
    public void save(StateWriter out) {
        out.version(1).number(verdict.ordinal()).number(sinceNs);
    }

    @Override
    public void restore(StateReader in) {
        in.version(1);
        int known = in.integer();
        verdict = known < 0 || known >= VERDICTS.length ? Verdict.UNKNOWN : VERDICTS[known];
        sinceNs = in.number();
    }
}
