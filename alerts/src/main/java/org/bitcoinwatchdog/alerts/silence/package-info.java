/** Silences and maintenance windows. */
package org.bitcoinwatchdog.alerts.silence;
