/** Measures the rules on simulated fleets. */
package org.bitcoinwatchdog.detectors.evaluation;
