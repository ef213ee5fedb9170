/** Rules about connections: who holds them, who takes them over. */
package org.bitcoinwatchdog.detectors.peers;
