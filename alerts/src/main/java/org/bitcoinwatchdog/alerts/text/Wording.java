package org.bitcoinwatchdog.alerts.text;

import com.samskivert.mustache.Template;
import org.bitcoinwatchdog.alerts.TemplateSettings;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;

/** An alert in words, for sinks that people read: the templates filled in. */
public final class Wording {
    private final Template title;
    private final Template text;

    public Wording(TemplateSettings settings) {
        title = Templates.compile(settings.title());
        text = Templates.compile(settings.text());
    }

    /** One line of at most that many characters. */
    public String title(NotifiedAlert alert, int longest) {
        return PeerText.line(title.execute(AlertFacts.of(alert)), longest);
    }

    /** Lines of together at most that many characters. */
    public String text(NotifiedAlert alert, int longest) {
        return PeerText.text(text.execute(AlertFacts.of(alert)), longest).strip();
    }
}
