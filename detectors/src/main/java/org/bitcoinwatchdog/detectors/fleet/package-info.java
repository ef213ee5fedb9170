/** Facts about the nodes of one network together. */
package org.bitcoinwatchdog.detectors.fleet;
