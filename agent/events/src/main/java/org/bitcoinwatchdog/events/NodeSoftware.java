package org.bitcoinwatchdog.events;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The software that a user agent names (BIP 14): {@code /Satoshi:29.3.0/Knots:20260508/}. A node may send any user
 * agent, so this is a claim.
 *
 * @param implementation {@code Core}, {@code Knots} or {@code btcd}; for any other software the whole user agent
 * @param version        {@code 29.3.0}, for Knots {@code 29.3.0.knots20260508}; empty for any other software
 */
public record NodeSoftware(String implementation, String version) {
    public static final String CORE = "Core";
    public static final String KNOTS = "Knots";
    public static final String BTCD = "btcd";
    private static final Pattern COMPONENT = Pattern.compile("([^/:()]+):([\\w.+-]+)(?:\\([^)/]*\\))?/");
    private static final String SATOSHI = "Satoshi";

    private record Component(String name, String version) {
    }

    public static NodeSoftware of(String userAgent) {
        List<Component> components = components(userAgent);
        NodeSoftware other = new NodeSoftware(userAgent, "");
        if (components.isEmpty()) {
            return other;
        }
        Component first = components.get(0);
        Component last = components.get(components.size() - 1);
        if (first.name.equals(SATOSHI)) {
            if (components.size() == 1) {
                return new NodeSoftware(CORE, first.version);
            }
            return components.size() == 2 && last.name.equals(KNOTS)
                    ? new NodeSoftware(KNOTS, first.version + ".knots" + last.version) : other;
        }
        return last.name.equals(BTCD) ? new NodeSoftware(BTCD, last.version) : other;
    }

    /** {@code v31.0.0} for Core, {@code Knots v29.3.0.knots20260508}, {@code btcd v0.24.2}, or the whole user agent. */
    public String text() {
        if (version.isEmpty()) {
            return implementation;
        }
        return implementation.equals(CORE) ? "v" + version : implementation + " v" + version;
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
