/** Rules about the UTXO cache and its disk. */
package org.bitcoinwatchdog.detectors.storage;
