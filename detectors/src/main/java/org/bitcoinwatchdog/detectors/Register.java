package org.bitcoinwatchdog.detectors;

import static org.bitcoinwatchdog.detectors.Register.Family.ADDRESS_FLOODING;
import static org.bitcoinwatchdog.detectors.Register.Family.CLOCKS;
import static org.bitcoinwatchdog.detectors.Register.Family.CONSENSUS_RULES;
import static org.bitcoinwatchdog.detectors.Register.Family.LIVENESS;
import static org.bitcoinwatchdog.detectors.Register.Family.MEMPOOL_CONGESTION;
import static org.bitcoinwatchdog.detectors.Register.Family.PEER_BEHAVIOUR;
import static org.bitcoinwatchdog.detectors.Register.Family.PEER_CONCENTRATION;
import static org.bitcoinwatchdog.detectors.Register.Family.STALLED_BLOCKS;
import static org.bitcoinwatchdog.detectors.Register.Family.STORAGE;
import static org.bitcoinwatchdog.detectors.RegisteredRule.info;
import static org.bitcoinwatchdog.detectors.RegisteredRule.page;
import static org.bitcoinwatchdog.detectors.RegisteredRule.warn;
import static org.bitcoinwatchdog.detectors.deposits.DepositEffect.CAREFUL;
import static org.bitcoinwatchdog.detectors.deposits.DepositEffect.MANY;
import static org.bitcoinwatchdog.detectors.deposits.DepositEffect.MOST;
import static org.bitcoinwatchdog.detectors.deposits.DepositEffect.blinds;
import static org.bitcoinwatchdog.detectors.deposits.DepositEffect.holdsNetwork;
import static org.bitcoinwatchdog.detectors.deposits.DepositEffect.holdsNode;
import static org.bitcoinwatchdog.detectors.deposits.DepositEffect.raises;
import static org.bitcoinwatchdog.events.Severity.INFO;
import static org.bitcoinwatchdog.events.Severity.PAGE;
import static org.bitcoinwatchdog.events.Severity.WARN;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.bitcoinwatchdog.detectors.addresses.AddressFlood;
import org.bitcoinwatchdog.detectors.addresses.AddressesPerDay;
import org.bitcoinwatchdog.detectors.behaviour.CompactBlockFailures;
import org.bitcoinwatchdog.detectors.behaviour.MisbehavingPeers;
import org.bitcoinwatchdog.detectors.behaviour.PingFlood;
import org.bitcoinwatchdog.detectors.behaviour.RateRule;
import org.bitcoinwatchdog.detectors.behaviour.Rates;
import org.bitcoinwatchdog.detectors.behaviour.RoundTrip;
import org.bitcoinwatchdog.detectors.behaviour.SlowTransactions;
import org.bitcoinwatchdog.detectors.behaviour.UtxoFlush;
import org.bitcoinwatchdog.detectors.behaviour.VersionOddities;
import org.bitcoinwatchdog.detectors.blocks.AloneAhead;
import org.bitcoinwatchdog.detectors.blocks.AnnouncedNotConnected;
import org.bitcoinwatchdog.detectors.blocks.FleetBranch;
import org.bitcoinwatchdog.detectors.blocks.FleetLag;
import org.bitcoinwatchdog.detectors.blocks.FleetSplit;
import org.bitcoinwatchdog.detectors.blocks.ForkBranch;
import org.bitcoinwatchdog.detectors.blocks.NoBlock;
import org.bitcoinwatchdog.detectors.blocks.Reorg;
import org.bitcoinwatchdog.detectors.blocks.SlowChain;
import org.bitcoinwatchdog.detectors.blocks.SlowValidation;
import org.bitcoinwatchdog.detectors.blocks.WitnessDisagrees;
import org.bitcoinwatchdog.detectors.blocks.WitnessSilent;
import org.bitcoinwatchdog.detectors.consensus.FleetMixedRules;
import org.bitcoinwatchdog.detectors.consensus.MandatorySignalling;
import org.bitcoinwatchdog.detectors.consensus.UnknownSignalling;
import org.bitcoinwatchdog.detectors.deposits.DepositRules;
import org.bitcoinwatchdog.detectors.liveness.AgentBlind;
import org.bitcoinwatchdog.detectors.liveness.AgentSilent;
import org.bitcoinwatchdog.detectors.liveness.ClockOffset;
import org.bitcoinwatchdog.detectors.liveness.CrashOnInput;
import org.bitcoinwatchdog.detectors.liveness.HostClock;
import org.bitcoinwatchdog.detectors.liveness.NodeNameConflict;
import org.bitcoinwatchdog.detectors.liveness.NodeRestarts;
import org.bitcoinwatchdog.detectors.liveness.NodeSilent;
import org.bitcoinwatchdog.detectors.liveness.NotReady;
import org.bitcoinwatchdog.detectors.liveness.PipelineLagging;
import org.bitcoinwatchdog.detectors.node.Failures;
import org.bitcoinwatchdog.detectors.peers.AddrmanConcentration;
import org.bitcoinwatchdog.detectors.peers.ConnectionFlood;
import org.bitcoinwatchdog.detectors.peers.Eclipse;
import org.bitcoinwatchdog.detectors.peers.InboundConcentration;
import org.bitcoinwatchdog.detectors.peers.InboundDrop;
import org.bitcoinwatchdog.detectors.peers.InboundDropEverywhere;
import org.bitcoinwatchdog.detectors.peers.InboundTakeover;
import org.bitcoinwatchdog.detectors.peers.MissingPeerClass;
import org.bitcoinwatchdog.detectors.peers.OutboundConcentration;
import org.bitcoinwatchdog.detectors.peers.OutboundLoss;
import org.bitcoinwatchdog.detectors.peers.OutboundTurnover;
import org.bitcoinwatchdog.detectors.peers.UselessPeers;

/**
 * Every rule, one line each: highest severity, family, name, default settings, where it runs, and its exceptions on
 * test networks. The name in kebab-case is the rule's key in the configuration. A node's or a network's rules are asked
 * in this order: a rule that uses the findings of others comes after them.
 */
public final class Register {
    private static final List<RegisteredRule<?>> RULES = List.of(
            page(STALLED_BLOCKS, "FleetLag", FleetLag.Settings.defaults()).fleet(FleetLag::new).signOf(Sign.MISSING_BLOCKS)
                    .deposits(holdsNode(WARN, MANY, "The node lacks blocks that others have: its confirmations may be of an abandoned chain.")),
            page(STALLED_BLOCKS, "AloneAhead", AloneAhead.Settings.defaults()).fleet(AloneAhead::new)
                    .deposits(holdsNetwork(WARN, MANY, "Most nodes lack a block that one node has: they may be cut off.")),
            page(STALLED_BLOCKS, "AnnouncedNotConnected", AnnouncedNotConnected.Settings.defaults()).node(AnnouncedNotConnected::new)
                    .signOf(Sign.MISSING_BLOCKS)
                    .deposits(holdsNode(WARN, MANY, "The node has not connected a block with valid work: it may be on the wrong chain.")),
            page(STALLED_BLOCKS, "NoBlock", NoBlock.Settings.defaults()).fleet(NoBlock::new).onRegtest(NoBlock.Settings::off)
                    .onTestnets(NoBlock.Settings::ofFewMiners)
                    .deposits(holdsNetwork(PAGE, MANY, "No node has a new block: the fleet may be cut off, and its next blocks may be an attacker's.")),
            page(STALLED_BLOCKS, "FleetSplit", FleetSplit.Settings.defaults()).fleet(FleetSplit::new)
                    .deposits(holdsNetwork(WARN, MANY, "A node and a witness follow different chains. One of them will lose its blocks."),
                            holdsNetwork(PAGE, MOST, "Nodes follow different chains. One of them will lose its blocks.")),
            page(STALLED_BLOCKS, "ForkBranch", ForkBranch.Settings.defaults()).node(ForkBranch::new).fleet(FleetBranch::new)
                    .onRegtest(ForkBranch.Settings::off).onTestnets(ForkBranch.Settings::off)
                    .deposits(holdsNetwork(WARN, MANY, "A branch of two blocks or more competes with the chain. Blocks of either may be lost."),
                            holdsNetwork(PAGE, MOST, "A branch of three blocks or more, or one that keeps growing, competes with the chain. Blocks of either may be lost.")),
            info(STALLED_BLOCKS, "WitnessSilent", WitnessSilent.Settings.defaults()).witness(WitnessSilent::new)
                    .deposits(blinds(INFO, "The witness gives no usable answer.")),
            warn(STALLED_BLOCKS, "WitnessDisagrees", WitnessDisagrees.Settings.defaults()).fleet(WitnessDisagrees::new)
                    .deposits(blinds(WARN, "The witness does not show the chain of the nodes.")),
            warn(STALLED_BLOCKS, "SlowChain", SlowChain.Settings.defaults()).node(SlowChain::new).onRegtest(SlowChain.Settings::off)
                    .onTestnets(SlowChain.Settings::ofFewMiners)
                    .signOf(Sign.MISSING_BLOCKS)
                    .deposits(raises(WARN, CAREFUL, "Blocks arrive so slowly that an attacker with a part of the hash rate could mine them.")),
            warn(STALLED_BLOCKS, "SlowValidation", SlowValidation.Settings.defaults()).node(SlowValidation::new),
            page(STALLED_BLOCKS, "Reorg", Reorg.Settings.defaults()).node(Reorg::new).onRegtest(Reorg.Settings::off)
                    .onTestnets(Reorg.Settings::ofManyMiners)
                    .deposits(holdsNetwork(PAGE, MANY, "The node replaced two blocks or more of its chain. It may replace more.")),

            page(ADDRESS_FLOODING, "AddressFlood", AddressFlood.Settings.defaults()).node(AddressFlood::new),
            warn(ADDRESS_FLOODING, "AddressSurge", AddressesPerDay.Settings.defaults()).node((rule, own) -> new AddressesPerDay(own))
                    .fleet(AddressesPerDay::onSeveralNodes),

            page(PEER_CONCENTRATION, "OutboundConcentration", OutboundConcentration.Settings.defaults()).node(OutboundConcentration::new)
                    .signOf(Sign.SUSPICIOUS_PEERS),
            warn(PEER_CONCENTRATION, "InboundTakeover", InboundTakeover.Settings.defaults()).node(InboundTakeover::new)
                    .signOf(Sign.SUSPICIOUS_PEERS),
            warn(PEER_CONCENTRATION, "OutboundTurnover", OutboundTurnover.Settings.defaults()).node(OutboundTurnover::new)
                    .signOf(Sign.SUSPICIOUS_PEERS, Sign.LOST_PEERS),
            page(PEER_CONCENTRATION, "OutboundLoss", OutboundLoss.Settings.defaults()).node(OutboundLoss::new)
                    .deposits(holdsNode(PAGE, MANY, "Few peers or none bring blocks of the chain to the node: its confirmations may be of an abandoned chain.")),
            page(PEER_CONCENTRATION, "InboundDrop", InboundDrop.Settings.defaults()).node(InboundDrop::new).fleet(InboundDropEverywhere::new),
            warn(PEER_CONCENTRATION, "ConnectionFlood", ConnectionFlood.Settings.defaults()).node(ConnectionFlood::new),
            info(PEER_CONCENTRATION, "UselessPeers", UselessPeers.Settings.defaults()).node(UselessPeers::new),
            warn(PEER_CONCENTRATION, "MissingPeerClass", MissingPeerClass.Settings.defaults()).node(MissingPeerClass::new),
            info(PEER_CONCENTRATION, "AddrmanConcentration", AddrmanConcentration.Settings.defaults()).node(AddrmanConcentration::new),
            page(PEER_CONCENTRATION, "InboundConcentration", InboundConcentration.Settings.defaults())
                    .node((rule, own) -> new InboundConcentration(rule, own, named(Sign.LOST_PEERS, Sign.MISSING_BLOCKS)))
                    .signOf(Sign.SUSPICIOUS_PEERS),
            page(PEER_CONCENTRATION, "Eclipse", Eclipse.Settings.defaults())
                    .fleet((rule, own) -> new Eclipse(rule, own, named(Sign.SUSPICIOUS_PEERS), named(Sign.MISSING_BLOCKS)))
                    .deposits(holdsNetwork(PAGE, MANY, "Someone may hold a node's connections while blocks do not reach it.")),

            warn(CONSENSUS_RULES, "MandatorySignalling", MandatorySignalling.Settings.defaults()).fleet(MandatorySignalling::new)
                    .onRegtest(MandatorySignalling.Settings::noDeployments).onTestnets(MandatorySignalling.Settings::noDeployments)
                    .deposits(raises(WARN, CAREFUL, "The chain may split soon, at a height from which some nodes refuse blocks that others accept.")),
            info(CONSENSUS_RULES, "UnknownSignalling", UnknownSignalling.Settings.defaults()).fleet(UnknownSignalling::new),
            info(CONSENSUS_RULES, "FleetMixedRules", FleetMixedRules.Settings.defaults()).fleet(FleetMixedRules::new),

            page(LIVENESS, "NodeSilent", NodeSilent.Settings.defaults()).wallClock(NodeSilent::new),
            page(LIVENESS, "AgentSilent", AgentSilent.Settings.defaults()).wallClock(AgentSilent::new),
            page(LIVENESS, "PipelineLagging", PipelineLagging.Settings.defaults()).wallClock(PipelineLagging::new)
                    .deposits(blinds(PAGE, "The node's events are read late.")),
            warn(LIVENESS, "AgentBlind", AgentBlind.Settings.defaults()).node(AgentBlind::new),
            page(LIVENESS, "NodeNameConflict", NodeNameConflict.Settings.defaults()).node(NodeNameConflict::new)
                    .deposits(blinds(PAGE, "Two agents publish under one node name, so the node's chain is not known.")),
            page(LIVENESS, "NodeRestarts", NodeRestarts.Settings.defaults()).node(NodeRestarts::new),
            page(LIVENESS, "CrashOnInput", CrashOnInput.Settings.defaults()).node(CrashOnInput::new),
            page(LIVENESS, "NotReady", NotReady.Settings.defaults()).node(NotReady::new),
            page(CLOCKS, "ClockOffset", ClockOffset.Settings.defaults()).node(ClockOffset::new),
            info(CLOCKS, "HostClock", HostClock.Settings.defaults()).wallClock(HostClock::new),

            warn(PEER_BEHAVIOUR, "RoundTrip", RoundTrip.Settings.defaults()).node(RoundTrip::new),
            warn(PEER_BEHAVIOUR, "MisbehavingPeers", MisbehavingPeers.Settings.defaults()).node(MisbehavingPeers::new),
            warn(PEER_BEHAVIOUR, "SlowTransactions", SlowTransactions.Settings.defaults()).node(SlowTransactions::new),
            info(PEER_BEHAVIOUR, "PingFlood", PingFlood.Settings.defaults()).node(PingFlood::new),
            info(PEER_BEHAVIOUR, "MessageFlood", Rates.MESSAGES.settings()).node(Rates.MESSAGES::rule).means(Rates.MESSAGES.meaning()),
            info(PEER_BEHAVIOUR, "BandwidthSurge", Rates.BYTES.settings()).node(Rates.BYTES::rule).means(Rates.BYTES.meaning()),
            info(PEER_BEHAVIOUR, "EvictionChurn", Rates.EVICTIONS.settings()).node(Rates.EVICTIONS::rule).means(Rates.EVICTIONS.meaning()),
            info(PEER_BEHAVIOUR, "CompactBlockFailures", CompactBlockFailures.Settings.defaults()).node(CompactBlockFailures::new),
            info(PEER_BEHAVIOUR, "FleetCompactBlockFailures", CompactBlockFailures.Settings.defaults())
                    .settingsOf("compact-block-failures").fleet(CompactBlockFailures::onSeveralNodes),
            info(PEER_BEHAVIOUR, "VersionOddities", VersionOddities.Settings.defaults()).node(VersionOddities::new),
            info(MEMPOOL_CONGESTION, "MempoolAdded", Rates.ADDED.settings()).node(Rates.ADDED::rule).means(Rates.ADDED.meaning()),
            info(MEMPOOL_CONGESTION, "MempoolReplaced", Rates.REPLACED.settings()).node(Rates.REPLACED::rule).means(Rates.REPLACED.meaning()),
            info(MEMPOOL_CONGESTION, "MempoolRejected", Rates.REJECTED.settings()).node(Rates.REJECTED::rule).means(Rates.REJECTED.meaning()),
            info(MEMPOOL_CONGESTION, "MempoolFull", Rates.FULL.settings()).node(Rates.FULL::rule).means(Rates.FULL.meaning()),
            info(STORAGE, "UtxoFlush", UtxoFlush.Settings.defaults()).node(UtxoFlush::new));

    private Register() {
    }

    /** Rules about one thing. The key is the section of their settings, and the label {@code detector} of their alerts. */
    public enum Family {
        STALLED_BLOCKS("stalled-blocks", "Blocks that do not arrive, arrive late, or are replaced"),
        ADDRESS_FLOODING("address-flooding", "More addresses than honest peers send"),
        PEER_CONCENTRATION("peer-concentration",
                "A node's connections: who holds them, how they change, and their signs together with missing blocks"),
        CONSENSUS_RULES("consensus-rules", "Which consensus rules nodes enforce, and which new ones miners signal"),
        LIVENESS("liveness", "Whether a node and its agent run"),
        CLOCKS("clocks", "Clocks that are wrong"),
        PEER_BEHAVIOUR("peer-behaviour", "What peers send, and how much"),
        MEMPOOL_CONGESTION("mempool-congestion", "Mempools that add, replace, drop or reject far more transactions than usual"),
        STORAGE("storage", "A node's disk, as far as its tracepoints show");

        private final String key;
        private final String meaning;

        Family(String key, String meaning) {
            this.key = key;
            this.meaning = meaning;
        }

        public String key() {
            return key;
        }

        public String meaning() {
            return meaning;
        }
    }

    /** What a rule's alert indicates, for rules that combine the alerts of others. */
    enum Sign {
        /** An attacker may hold the node's connections. */
        SUSPICIOUS_PEERS,
        /** The node lost many of the peers that it chose. */
        LOST_PEERS,
        /** Blocks do not reach the node. */
        MISSING_BLOCKS
    }

    /** In the order in which a node's or a network's rules are asked. */
    public static List<RegisteredRule<?>> rules() {
        return RULES;
    }

    /** What each rule means for deposits, by alertname. */
    public static Map<String, DepositRules.RuleEffects> depositEffects() {
        Map<String, DepositRules.RuleEffects> effects = new LinkedHashMap<>();
        RULES.stream().filter(rule -> !rule.deposits().isEmpty()).forEach(rule -> effects.put(rule.rule().alertname(),
                new DepositRules.RuleEffects(rule.rule().detector(), rule.deposits())));
        effects.put(Failures.RULE.alertname(), new DepositRules.RuleEffects(Failures.RULE.detector(),
                List.of(blinds(Failures.RULE.highest(), "A rule failed by a fault of the watchdog."))));
        return effects;
    }

    private static Set<String> named(Sign... signs) {
        return RULES.stream().filter(rule -> rule.signs().stream().anyMatch(List.of(signs)::contains))
                .map(rule -> rule.rule().alertname()).collect(Collectors.toUnmodifiableSet());
    }
}
