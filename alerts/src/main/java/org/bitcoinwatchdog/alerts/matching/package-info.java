/** Matches labels of alerts, as in routes and silences. */
package org.bitcoinwatchdog.alerts.matching;
