/** Rules about which consensus rules nodes enforce, and which new ones miners signal. */
package org.bitcoinwatchdog.detectors.consensus;
