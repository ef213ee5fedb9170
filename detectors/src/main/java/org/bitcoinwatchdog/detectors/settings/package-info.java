/** Checks that settings share. */
package org.bitcoinwatchdog.detectors.settings;
