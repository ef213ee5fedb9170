/** Matches the labels of alerts, for routes and silences. */
package org.bitcoinwatchdog.alerts.matching;
