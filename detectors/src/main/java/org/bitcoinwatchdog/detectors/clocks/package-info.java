/** Rules about the clocks of nodes and hosts. */
package org.bitcoinwatchdog.detectors.clocks;
