/** Rules about the mempool. */
package org.bitcoinwatchdog.detectors.mempool;
