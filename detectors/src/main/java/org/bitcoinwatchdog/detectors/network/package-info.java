/** Addresses, network groups and autonomous systems, as Bitcoin Core has them. */
package org.bitcoinwatchdog.detectors.network;
