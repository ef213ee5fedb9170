/** Rules about nodes and agents that are silent, blind, late, or have a wrong clock. */
package org.bitcoinwatchdog.detectors.liveness;
