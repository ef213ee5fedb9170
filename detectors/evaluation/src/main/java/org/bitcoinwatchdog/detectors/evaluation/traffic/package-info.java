/**
 * Labelled traffic for the evaluation: a fleet of nodes, generated from a seed, with the background measured on real
 * nodes (rules.md, section 5). All times are event time in microseconds of the UNIX epoch, {@code atUs}.
 */
package org.bitcoinwatchdog.detectors.evaluation.traffic;
