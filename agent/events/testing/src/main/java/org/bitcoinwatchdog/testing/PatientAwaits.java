package org.bitcoinwatchdog.testing;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets tests wait longer than Awaitility's ten seconds unless they say for how long: a busy machine may need that. JUnit finds
 * it as a service in every module that has this one among its tests' dependencies.
 */
public final class PatientAwaits implements LauncherSessionListener {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        Awaitility.setDefaultTimeout(PATIENCE);
    }
}
