/** Mutes alerts that a more severe one explains. */
package org.bitcoinwatchdog.alerts.inhibition;
