package org.bitcoinwatchdog.alerts.text;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bitcoinwatchdog.alerts.notification.Notification;
import org.bitcoinwatchdog.alerts.notification.NotifiedAlert;
import org.bitcoinwatchdog.events.SafeText;

/** The alerts of a notification as one text: those that fit, and the number of the others. */
public final class AlertList {
    private static final String BETWEEN = "\n\n";
    private static final int LONGEST_MORE = 40;

    private AlertList() {
    }

    /** @param longest characters of the whole; the first alert is cut to it, further ones are whole or left out */
    public static String of(Notification notification, Function<NotifiedAlert, String> text, int longest) {
        List<NotifiedAlert> alerts = notification.alerts();
        int room = longest - LONGEST_MORE;
        List<String> shown = new ArrayList<>(List.of(SafeText.cut(text.apply(alerts.get(0)), room)));
        int used = shown.get(0).length();
        for (NotifiedAlert alert : alerts.subList(1, alerts.size())) {
            String next = text.apply(alert);
            used += BETWEEN.length() + next.length();
            if (used > room) {
                break;
            }
            shown.add(next);
        }
        int more = notification.others() + 1 - shown.size();
        if (more > 0) {
            shown.add(more(more));
        }
        return String.join(BETWEEN, shown);
    }

    /** {@code and 3 more alerts} */
    public static String more(int alerts) {
        return "and " + alerts + (alerts == 1 ? " more alert" : " more alerts");
    }
}
