package org.bitcoinwatchdog.deploy;

import org.bitcoinwatchdog.deploy.command.WatchdogCommand;

/** The process behind the launcher script. */
public final class Main {
    private Main() {
    }

    public static void main(String[] args) {
        System.exit(WatchdogCommand.commandLine().execute(args));
    }
}
