/** The sinks, one file each with its settings. */
package org.bitcoinwatchdog.alerts.sinks;
