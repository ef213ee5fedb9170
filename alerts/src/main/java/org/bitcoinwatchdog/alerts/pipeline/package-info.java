/** Decides whom an alert notifies, when, and with which others. */
package org.bitcoinwatchdog.alerts.pipeline;
