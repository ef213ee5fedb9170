package org.bitcoinwatchdog.agent.discovery;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Options of bitcoind, from its arguments or from bitcoin.conf (common/args.cpp, common/config.cpp): only those that tell
 * where it keeps its data and which chain it follows. Of an option that is given several times, the last argument counts, but
 * the first line of a file.
 */
final class BitcoinOptions {
    private static final List<String> CHAIN_FLAGS = List.of("regtest", "signet", "testnet4", "testnet");

    private static final String INCLUDE = "includeconf";

    private final Map<String, String> values;
    private final List<String> included;

    private BitcoinOptions(Map<String, String> values, List<String> included) {
        this.values = values;
        this.included = List.copyOf(included);
    }

    /** @param arguments those of the process, its own name first */
    static BitcoinOptions ofArguments(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        arguments.stream().skip(1).filter(argument -> argument.startsWith("-")).forEach(argument ->
                values.put(name(withoutDashes(argument)), told(withoutDashes(argument))));
        return new BitcoinOptions(values, List.of());
    }

    /** Only the part before the first {@code [section]} can choose the chain. */
    static BitcoinOptions ofFile(List<String> lines) {
        Map<String, String> values = new HashMap<>();
        List<String> included = new ArrayList<>();
        for (String line : lines) {
            String setting = line.replaceFirst("#.*", "").strip();
            if (setting.startsWith("[")) {
                break;
            }
            if (setting.contains("=")) {
                values.putIfAbsent(name(setting), told(setting));
                if (name(setting).equals(INCLUDE)) {
                    included.add(told(setting));
                }
            }
        }
        return new BitcoinOptions(values, included);
    }

    /** The further files that this file names, relative to the data directory. They can't name others. */
    List<String> included() {
        return included;
    }

    /** With what those say that come behind this one. */
    BitcoinOptions then(BitcoinOptions next) {
        Map<String, String> all = new HashMap<>(next.values);
        all.putAll(values);
        return new BitcoinOptions(all, List.of());
    }

    Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isEmpty());
    }

    /** The chain that is asked for, in the spelling of {@code -chain}. */
    Optional<String> chain() {
        return value("chain").or(() -> CHAIN_FLAGS.stream()
                .filter(flag -> values.containsKey(flag) && !values.get(flag).equals("0"))
                .map(flag -> flag.equals("testnet") ? "test" : flag)
                .findFirst());
    }

    private static String withoutDashes(String argument) {
        return argument.substring(argument.startsWith("--") ? 2 : 1);
    }

    private static String name(String option) {
        int equals = option.indexOf('=');
        return (equals < 0 ? option : option.substring(0, equals)).strip();
    }

    /** An option without a value is switched on. */
    private static String told(String option) {
        int equals = option.indexOf('=');
        return equals < 0 ? "1" : option.substring(equals + 1).strip();
    }
}
