package org.bitcoinwatchdog.deploy.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The sections of the runbook by alert name. */
public final class Runbook {
    private final Map<String, String> sections = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    private Runbook(String markdown) {
        String[] parts = markdown.split("(?m)^## ");
        for (int i = 1; i < parts.length; i++) {
            String[] section = parts[i].split("\n", 2);
            sections.put(section[0].strip(), section[1].strip());
        }
    }

    /** The runbook that this version ships. */
    public static Runbook shipped() {
        try (InputStream in = Runbook.class.getResourceAsStream("/runbook.md")) {
            if (in == null) {
                throw new IllegalStateException("the runbook is missing");
            }
            return new Runbook(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Text of each section by alert name; upper and lower case are the same. */
    public Map<String, String> sections() {
        return sections;
    }
}
