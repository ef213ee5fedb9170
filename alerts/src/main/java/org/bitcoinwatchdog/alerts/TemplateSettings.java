package org.bitcoinwatchdog.alerts;

import org.bitcoinwatchdog.alerts.text.Templates;

/**
 * The text of an alert, as Mustache templates. Each sink escapes and cuts the result as its medium needs.
 *
 * @param title the title, one line
 * @param text  the text below the title, any number of lines
 */
public record TemplateSettings(String title, String text) {
    private static final TemplateSettings DEFAULTS = new TemplateSettings(
            "{{state}}: {{alertname}}{{#place}}, {{place}}{{/place}}{{#subject}}, {{subject}}{{/subject}}",
            "{{summary}}{{#description}}\n{{description}}{{/description}}");

    /** @throws IllegalArgumentException if a template is not valid or has an unknown name */
    public TemplateSettings {
        Templates.check("title", title);
        Templates.check("text", text);
    }

    public static TemplateSettings defaults() {
        return DEFAULTS;
    }
}
