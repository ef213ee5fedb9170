/** Saves and restores the state of rules. */
package org.bitcoinwatchdog.detectors.state;
