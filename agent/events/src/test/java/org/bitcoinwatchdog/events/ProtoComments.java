package org.bitcoinwatchdog.events;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The comments of a .proto file, which its descriptors do not have, by the full name of what they stand before. */
final class ProtoComments {
    private static final Pattern BEGIN = Pattern.compile("(?:message|enum|oneof) (\\w+) \\{");
    private static final Pattern MEMBER = Pattern.compile("(?:.* )?(\\w+) = \\d+(?: \\[.*])?;\\s*(?://\\s*(.*))?");

    private final Map<String, String> comments = new HashMap<>();
    private final Deque<String> within = new ArrayDeque<>();
    private final List<String> comment = new ArrayList<>();

    ProtoComments(String proto) {
        within.add("bitcoinwatchdog");
        proto.lines().map(String::strip).forEach(this::line);
    }

    /** Empty if nothing is said. The file's own stands under its package's name. */
    String of(String fullName) {
        return comments.getOrDefault(fullName, "");
    }

    private void line(String line) {
        Matcher begin = BEGIN.matcher(line);
        Matcher member = MEMBER.matcher(line);
        if (line.startsWith("// ----")) {
            comment.clear();
        } else if (line.startsWith("//")) {
            comment.add(line.substring(2).strip());
        } else if (line.startsWith("syntax")) {
            keep(within.getLast());
        } else if (begin.matches()) {
            // What is within a oneof belongs to its message.
            within.add(line.startsWith("oneof") ? within.getLast() : within.getLast() + "." + begin.group(1));
            keep(within.getLast());
        } else if (line.equals("}")) {
            within.removeLast();
        } else if (member.matches()) {
            if (member.group(2) != null) {
                comment.add(member.group(2));
            }
            keep(within.getLast() + "." + member.group(1));
        }
    }

    private void keep(String name) {
        if (!comment.isEmpty()) {
            comments.putIfAbsent(name, String.join(" ", comment).replaceAll("\\s+", " ").strip());
        }
        comment.clear();
    }
}
