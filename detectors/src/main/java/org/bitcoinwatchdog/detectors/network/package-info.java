/** Addresses, network groups and autonomous systems, as defined by Bitcoin Core. */
package org.bitcoinwatchdog.detectors.network;
