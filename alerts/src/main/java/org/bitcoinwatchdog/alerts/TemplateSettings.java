package org.bitcoinwatchdog.alerts;

import org.bitcoinwatchdog.alerts.text.Templates;

/**
 * How an alert reads to people, as Mustache templates. Each sink escapes and cuts what comes of them as its medium asks.
 *
 * @param title one line
 * @param text  what follows, in any number of lines
 */
public record TemplateSettings(String title, String text) {
    private static final TemplateSettings DEFAULTS = new TemplateSettings(
            "{{state}}: {{alertname}}{{#place}}, {{place}}{{/place}}{{#subject}}, {{subject}}{{/subject}}",
            "{{summary}}{{#description}}\n{{description}}{{/description}}");

    /** @throws IllegalArgumentException where a template is none, or names what there is not */
    public TemplateSettings {
        Templates.check("title", title);
        Templates.check("text", text);
    }

    public static TemplateSettings defaults() {
        return DEFAULTS;
    }
}
