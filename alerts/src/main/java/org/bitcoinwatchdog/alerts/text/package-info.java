/** The texts of notifications that people read. */
package org.bitcoinwatchdog.alerts.text;
