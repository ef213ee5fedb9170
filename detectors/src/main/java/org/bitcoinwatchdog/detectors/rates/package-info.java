/** Rates of events over time. */
package org.bitcoinwatchdog.detectors.rates;
