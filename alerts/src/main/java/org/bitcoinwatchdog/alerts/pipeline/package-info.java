/** Decides which people are notified of an alert, when, and together with which alerts. */
package org.bitcoinwatchdog.alerts.pipeline;
