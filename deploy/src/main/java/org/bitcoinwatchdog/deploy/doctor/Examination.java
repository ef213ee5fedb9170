package org.bitcoinwatchdog.deploy.doctor;

import java.util.List;

/** Looks at one thing that the watchdog depends on. */
interface Examination {
    List<Finding> findings();
}
