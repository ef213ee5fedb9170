/** The life of an alert: start, change, refresh, end. */
package org.bitcoinwatchdog.detectors.alerting;
