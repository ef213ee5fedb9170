package org.bitcoinwatchdog.deploy.monitoring;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The content of a scrape in Prometheus' text format.
 *
 * @param types  type of each family: counter, gauge, histogram, summary
 * @param labels labels of each family, without {@code le} and {@code quantile}
 */
record Exposition(Map<String, String> types, Map<String, Set<String>> labels) {
    private static final Pattern TYPE = Pattern.compile("# TYPE (\\S+) (\\S+)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"(?:[^\"\\\\]|\\\\.)*\"");

    static Exposition parse(String text) {
        Map<String, String> types = new TreeMap<>();
        Map<String, Set<String>> labels = new TreeMap<>();
        for (String line : text.split("\n")) {
            Matcher type = TYPE.matcher(line);
            Matcher sample = SAMPLE.matcher(line);
            if (type.matches()) {
                types.put(type.group(1), type.group(2));
                labels.put(type.group(1), new TreeSet<>());
            } else if (sample.matches()) {
                Set<String> ofFamily = labels.get(family(sample.group(1), types));
                Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
                while (label.find()) {
                    if (!label.group(1).equals("le") && !label.group(1).equals("quantile")) {
                        ofFamily.add(label.group(1));
                    }
                }
            } else if (!line.startsWith("#") && !line.isBlank()) {
                throw new AssertionError("not in Prometheus' format: " + line);
            }
        }
        return new Exposition(types, labels);
    }

    private static String family(String sample, Map<String, String> types) {
        if (types.containsKey(sample)) {
            return sample;
        }
        String family = sample.replaceAll("_(bucket|count|sum)$", "");
        if (!types.containsKey(family)) {
            throw new AssertionError(sample + " has no type");
        }
        return family;
    }
}
