/** One verdict for each network, for systems that credit deposits. */
package org.bitcoinwatchdog.detectors.deposits;
