package org.bitcoinwatchdog.agent.discovery;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Options of bitcoind, from its arguments or from bitcoin.conf (common/args.cpp, common/config.cpp): only those that tell
 * where it keeps its data and which chain it follows. {@code includeconf} is not followed.
 */
final class BitcoinOptions {
    private static final List<String> CHAIN_FLAGS = List.of("regtest", "signet", "testnet4", "testnet");

    private final Map<String, String> values;

    private BitcoinOptions(Map<String, String> values) {
        this.values = values;
    }

    /** @param arguments those of the process, its own name first */
    static BitcoinOptions ofArguments(List<String> arguments) {
        Map<String, String> values = new HashMap<>();
        arguments.stream().skip(1).filter(argument -> argument.startsWith("-")).forEach(argument ->
                put(values, argument.startsWith("--") ? argument.substring(2) : argument.substring(1)));
        return new BitcoinOptions(values);
    }

    /** Only the part before the first {@code [section]} can choose the chain. */
    static BitcoinOptions ofFile(List<String> lines) {
        Map<String, String> values = new HashMap<>();
        for (String line : lines) {
            String setting = line.replaceFirst("#.*", "").strip();
            if (setting.startsWith("[")) {
                break;
            }
            if (setting.contains("=")) {
                put(values, setting);
            }
        }
        return new BitcoinOptions(values);
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

    private static void put(Map<String, String> values, String option) {
        int equals = option.indexOf('=');
        if (equals < 0) {
            values.put(option.strip(), "1");
        } else {
            values.put(option.substring(0, equals).strip(), option.substring(equals + 1).strip());
        }
    }
}
