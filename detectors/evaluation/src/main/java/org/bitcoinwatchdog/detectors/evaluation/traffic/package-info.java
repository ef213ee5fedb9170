/**
 * Labelled traffic for the evaluation: a fleet of nodes with the background that was measured on real ones
 * (rules.md, section 5), from a seed. All times are event time in microseconds of the UNIX epoch, {@code atUs}.
 */
package org.bitcoinwatchdog.detectors.evaluation.traffic;
