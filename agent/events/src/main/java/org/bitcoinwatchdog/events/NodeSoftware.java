package org.bitcoinwatchdog.events;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The software that a user agent names (BIP 14): {@code /Satoshi:29.3.0/Knots:20260508/}. A node may send any user
 * agent, so this is a claim.
 *
 * @param implementation one of a fixed set of names, so it can be a metric's label: {@code Core}, {@code Knots}, {@code btcd},
 *                       ..., {@link #OTHER}. Empty if the user agent is empty
 * @param version        {@code 29.3.0}, for Knots {@code 29.3.0.knots20260508}; empty for other software
 * @param text           {@code v31.0.0} for Core, {@code Knots v29.3.0.knots20260508}, {@code btcd v0.24.2}, or the whole user agent
 */
public record NodeSoftware(String implementation, String version, String text) {
    public static final String CORE = "Core";
    public static final String KNOTS = "Knots";
    public static final String BTCD = "btcd";
    public static final String OTHER = "other";
    private static final Pattern COMPONENT = Pattern.compile("([^/:()]+):([\\w.+-]+)(?:\\([^)/]*\\))?/");
    private static final Pattern SHORTENED = Pattern.compile("(?:(Knots|btcd) )?v(\\S+)");
    private static final String SATOSHI = "Satoshi";
    /** By the component of the user agent that names it. Core is the one whose only component is Satoshi. */
    private static final Map<String, String> IMPLEMENTATIONS = Map.ofEntries(
            Map.entry(KNOTS, KNOTS), Map.entry(BTCD, BTCD), Map.entry("bcoin", "bcoin"), Map.entry("libbitcoin", "libbitcoin"),
            Map.entry("BitcoinUnlimited", "BitcoinUnlimited"), Map.entry("Bitcoin ABC", "BitcoinABC"),
            Map.entry("Bitcoin XT", "BitcoinXT"), Map.entry("Classic", "BitcoinClassic"), Map.entry("bitcoinj", "bitcoinj"),
            Map.entry("Gocoin", "Gocoin"), Map.entry("Floresta", "Floresta"), Map.entry("NBitcoin", "NBitcoin"));

    private record Component(String name, String version) {
    }

    public static NodeSoftware of(String userAgent) {
        List<Component> components = components(userAgent);
        if (components.isEmpty()) {
            return other(userAgent);
        }
        Component first = components.get(0);
        boolean satoshi = first.name.equals(SATOSHI);
        if (satoshi && components.size() == 1) {
            return new NodeSoftware(CORE, first.version, "v" + first.version);
        }
        for (int i = components.size() - 1; i >= 0; i--) {
            Component component = components.get(i);
            String implementation = IMPLEMENTATIONS.get(component.name);
            if (implementation != null && (satoshi || !implementation.equals(KNOTS))) {
                return named(implementation, first, component, components.size(), userAgent);
            }
        }
        return other(userAgent);
    }

    /** The inverse of {@link #text}. */
    public static NodeSoftware ofText(String text) {
        Matcher shortened = SHORTENED.matcher(text);
        if (!shortened.matches()) {
            return of(text);
        }
        return new NodeSoftware(shortened.group(1) == null ? CORE : shortened.group(1), shortened.group(2), text);
    }

    private static NodeSoftware named(String implementation, Component first, Component own, int components, String userAgent) {
        boolean knots = implementation.equals(KNOTS);
        String version = knots ? first.version + ".knots" + own.version : own.version;
        boolean alone = knots && components == 2 || implementation.equals(BTCD);
        return new NodeSoftware(implementation, version, alone ? implementation + " v" + version : userAgent);
    }

    private static NodeSoftware other(String userAgent) {
        return new NodeSoftware(userAgent.isEmpty() ? "" : OTHER, "", userAgent);
    }

    /** Empty if the user agent does not have the form of BIP 14. */
    private static List<Component> components(String userAgent) {
        List<Component> components = new ArrayList<>();
        Matcher component = COMPONENT.matcher(userAgent);
        int end = 1;
        while (userAgent.startsWith("/") && end < userAgent.length()) {
            if (!component.region(end, userAgent.length()).lookingAt()) {
                return List.of();
            }
            components.add(new Component(component.group(1), component.group(2)));
            end = component.end();
        }
        return components;
    }
}
