package org.bitcoinwatchdog.alerts.text;

import com.samskivert.mustache.MustacheException;
import com.samskivert.mustache.Template;
import java.util.function.Consumer;
import org.bitcoinwatchdog.alerts.TemplateSettings;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.events.Alert;
import org.bitcoinwatchdog.events.SafeText;

/**
 * The text of an alert, from the templates, for sinks that people read. If a template gives no text or can't be filled in, the
 * default template is used, because chat services refuse empty messages.
 */
public final class Wording {
    private static final Wording DEFAULT = new Wording(TemplateSettings.defaults());

    private final Template title;
    private final Template text;
    private final Consumer<String> onFallback;

    public Wording(TemplateSettings settings) {
        this(settings, template -> { });
    }

    /** @param onFallback called with the name of the template, each time its default is used */
    public Wording(TemplateSettings settings, Consumer<String> onFallback) {
        this.title = Templates.compile(settings.title());
        this.text = Templates.compile(settings.text());
        this.onFallback = onFallback;
    }

    /** One line of 1 to that many characters. */
    public String title(NotifiedAlert alert, int longest) {
        String filled = SafeText.proseLine(filled(title, alert), longest);
        return filled.isBlank() ? fallback("title", alert, longest) : filled;
    }

    /** Lines of together 1 to that many characters. */
    public String text(NotifiedAlert alert, int longest) {
        String filled = SafeText.prose(filled(text, alert), longest).strip();
        return filled.isBlank() ? fallback("text", alert, longest) : filled;
    }

    private String fallback(String template, NotifiedAlert alert, int longest) {
        onFallback.accept(template);
        if (this == DEFAULT) { // no summary and no description
            return SafeText.proseLine("Alert " + alert.alert().labels().get(Alert.ALERTNAME), longest);
        }
        return template.equals("title") ? DEFAULT.title(alert, longest) : DEFAULT.text(alert, longest);
    }

    private static String filled(Template template, NotifiedAlert alert) {
        try {
            return template.execute(AlertFacts.of(alert));
        } catch (MustacheException | UnsupportedOperationException e) {
            return ""; // counted as a fallback
        }
    }
}
