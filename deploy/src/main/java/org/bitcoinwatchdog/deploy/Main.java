package org.bitcoinwatchdog.deploy;

import java.util.Locale;
import org.bitcoinwatchdog.deploy.command.WatchdogCommand;

/** The process behind the launcher script. */
public final class Main {
    private Main() {
    }

    public static void main(String[] args) {
        // Texts, file names and figures are the same on every host, whatever its language.
        Locale.setDefault(Locale.ROOT);
        System.exit(WatchdogCommand.commandLine().execute(args));
    }
}
