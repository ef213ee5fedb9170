package org.bitcoinwatchdog.deploy;

import org.bitcoinwatchdog.deploy.command.WatchdogCommand;

/** The process behind the launcher script. */
public final class Main {
    private Main() {
    }

    public static void main(String[] args) {
        // The JDK's server sends head and body apart; without this, the second waits 40 ms for the first's acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.exit(WatchdogCommand.commandLine().execute(args));
    }
}
