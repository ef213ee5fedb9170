/** Windows over time, as values. */
package org.bitcoinwatchdog.detectors.window;
