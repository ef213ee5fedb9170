package org.bitcoinwatchdog.agent.discovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bitcoinwatchdog.events.Network;

/**
 * Options of bitcoind from its arguments or from bitcoin.conf (common/args.cpp, common/config.cpp): only those that set
 * its data directory, its chain, and which peers it chooses. If an option is given several times, the last argument counts, but the first line of a
 * file. An option in a {@code [section]} of a file has the section before its name: {@code regtest.datadir}.
 */
final class BitcoinOptions {
    private static final List<String> CHAIN_FLAGS = List.of("regtest", "signet", "testnet4", "testnet");
    private static final String INCLUDE = "includeconf";
    private static final String CHALLENGE = "signetchallenge";
    /** Other options are not kept, because a file may hold a hundred thousand. */
    private static final Set<String> NAMES = Set.of("chain", "regtest", "signet", "testnet4", "testnet", "datadir", "conf",
            "noconf", INCLUDE, "noincludeconf", CHALLENGE, "nosignetchallenge", PeerOptions.ASMAP, "noasmap", PeerOptions.CONNECT, "noconnect",
            PeerOptions.MAX_CONNECTIONS);

    private final Map<String, String> values;
    private final Map<String, List<String>> included;

    private BitcoinOptions(Map<String, String> values, Map<String, List<String>> included) {
        this.values = values;
        this.included = included;
    }

    /** @param arguments of the process, with its own name first */
    static BitcoinOptions ofArguments(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        arguments.stream().skip(1)
                .filter(argument -> argument.startsWith("-"))
                .map(BitcoinOptions::withoutDashes)
                .filter(option -> NAMES.contains(name(option)))
                .forEach(option -> values.put(name(option), valueOf(option)));
        return new BitcoinOptions(values, Map.of());
    }

    /** @param text one character of ISO 8859-1 for each byte */
    static BitcoinOptions ofFile(String text) {
        Map<String, String> values = new HashMap<>();
        Map<String, List<String>> included = new HashMap<>();
        String section = "";
        for (String line : (Iterable<String>) text.lines()::iterator) {
            int comment = line.indexOf('#');
            String setting = (comment < 0 ? line : line.substring(0, comment)).strip();
            if (setting.startsWith("[") && setting.endsWith("]")) {
                section = setting.substring(1, setting.length() - 1) + ".";
            } else if (setting.contains("=") && NAMES.contains(name(setting).substring(name(setting).indexOf('.') + 1))) {
                String name = section + name(setting);
                values.putIfAbsent(name, valueOf(setting).strip());
                if (name.endsWith(INCLUDE)) {
                    included.computeIfAbsent(name, key -> new ArrayList<>()).add(valueOf(setting).strip());
                }
            }
        }
        return new BitcoinOptions(values, included);
    }

    /**
     * The files that this file includes, relative to the data directory, those of the chain's section first. Included
     * files can't include others.
     */
    List<String> included(String chain) {
        List<String> files = new ArrayList<>(included.getOrDefault(chain + "." + INCLUDE, List.of()));
        files.addAll(included.getOrDefault(INCLUDE, List.of()));
        return files;
    }

    /** These options, followed by the others. */
    BitcoinOptions then(BitcoinOptions next) {
        Map<String, String> all = new HashMap<>(next.values);
        all.putAll(values);
        return new BitcoinOptions(all, Map.of());
    }

    /** The chain's section takes precedence over options outside of a section. */
    Optional<String> value(String name, String chain) {
        return value(chain + "." + name).or(() -> value(name));
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /** The chosen chain, in the spelling of {@code -chain}. A section can't choose it. */
    Optional<String> chain() {
        return value("chain").or(() -> CHAIN_FLAGS.stream()
                .filter(flag -> values.containsKey(flag) && !values.get(flag).equals("0"))
                .map(flag -> flag.equals("testnet") ? "test" : flag)
                .findFirst());
    }

    /**
     * The network of a process. bitcoind refuses to start with several challenges, so only one can be set.
     *
     * @param file options of bitcoin.conf and the files that it includes
     */
    static Network network(BitcoinOptions arguments, BitcoinOptions file) {
        String chain = arguments.chain().or(file::chain).orElse(Network.MAIN.name());
        if (!chain.equals(Network.SIGNET.name()) || arguments.value("nosignetchallenge").isPresent()) {
            return Network.CHAINS.stream().filter(known -> known.name().equals(chain)).findFirst().orElse(Network.MAIN);
        }
        return arguments.value(CHALLENGE).or(() -> file.value(CHALLENGE, chain))
                .map(BitcoinOptions::signet).orElse(Network.SIGNET);
    }

    /** bitcoind refuses a challenge that is not hex, so the file was changed since bitcoind started. */
    private static Network signet(String challenge) {
        try {
            return Network.signet(HexFormat.of().parseHex(challenge));
        } catch (IllegalArgumentException e) {
            return Network.SIGNET;
        }
    }

    private static String withoutDashes(String argument) {
        return argument.substring(argument.startsWith("--") ? 2 : 1);
    }

    private static String name(String option) {
        int equals = option.indexOf('=');
        return (equals < 0 ? option : option.substring(0, equals)).strip();
    }

    /** An option without a value is on. */
    private static String valueOf(String option) {
        int equals = option.indexOf('=');
        return equals < 0 ? "1" : option.substring(equals + 1);
    }
}
