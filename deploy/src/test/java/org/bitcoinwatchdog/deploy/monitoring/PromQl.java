package org.bitcoinwatchdog.deploy.monitoring;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The metrics and labels in a PromQL expression.
 *
 * @param selectors each metric with the labels that select it
 * @param grouping  labels after by, on, without, ignoring and in group_left and group_right
 * @param made      labels that label_replace makes
 */
record PromQl(Map<String, Set<String>> selectors, Set<String> grouping, Set<String> made) {
    private static final Set<String> GROUPING = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    /** Between an aggregation and what it aggregates. */
    private static final Pattern CLAUSE = Pattern.compile("(by|without)\\s*\\(");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "offset", "inf", "nan", "atan2");

    static PromQl parse(String expression) {
        return new Reader(expression).read();
    }

    private static final class Reader {
        private final String text;
        private final Map<String, Set<String>> selectors = new HashMap<>();
        private final Set<String> grouping = new TreeSet<>();
        private final Set<String> made = new TreeSet<>();
        private int at;

        private Reader(String text) {
            this.text = text;
        }

        private PromQl read() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '"') {
                    string();
                } else if (c == '[') {
                    at = text.indexOf(']', at) + 1;
                } else if (isNameStart(c)) {
                    word(name());
                } else if (Character.isDigit(c)) {
                    at++;
                    name(); // a number, or a duration with its unit
                } else {
                    at++;
                }
            }
            return new PromQl(selectors, grouping, made);
        }

        private void word(String word) {
            skipBlanks();
            boolean opens = at < text.length() && text.charAt(at) == '(';
            boolean aggregates = CLAUSE.matcher(text).region(at, text.length()).lookingAt();
            if (GROUPING.contains(word)) {
                if (opens) {
                    grouping.addAll(names(')'));
                }
            } else if (word.equals("label_replace") && opens) {
                made.add(firstString());
            } else if (!opens && !aggregates && !WORDS.contains(word.toLowerCase(Locale.ROOT))) {
                Set<String> labels = selectors.computeIfAbsent(word, metric -> new HashSet<>());
                if (at < text.length() && text.charAt(at) == '{') {
                    labels.addAll(names('}'));
                }
            }
        }

        /** The names up to the bracket's end, without the strings between them. */
        private Set<String> names(char end) {
            Set<String> names = new TreeSet<>();
            at++;
            while (text.charAt(at) != end) {
                if (text.charAt(at) == '"') {
                    string();
                } else if (isNameStart(text.charAt(at))) {
                    names.add(name());
                } else {
                    at++;
                }
            }
            at++;
            return names;
        }

        private String name() {
            int from = at;
            while (at < text.length() && (isNameStart(text.charAt(at)) || Character.isDigit(text.charAt(at)))) {
                at++;
            }
            return text.substring(from, at);
        }

        private String string() {
            int from = ++at;
            while (text.charAt(at) != '"') {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            return text.substring(from, at++);
        }

        /** Behind the series, which may hold strings between braces. */
        private String firstString() {
            int here = at;
            int depth = 0;
            for (int i = at; i < text.length(); i++) {
                depth += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
                if (depth == 0 && text.charAt(i) == '"') {
                    at = i;
                    break;
                }
            }
            String first = string();
            at = here;
            return first;
        }

        private void skipBlanks() {
            while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
                at++;
            }
        }

        private static boolean isNameStart(char c) {
            return Character.isLetter(c) || c == '_' || c == ':';
        }
    }
}
