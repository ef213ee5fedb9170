/**
 * The rules of a comparable open tool, run on the same traffic for comparison (rules.md explains why z-scores don't
 * page).
 */
package org.bitcoinwatchdog.detectors.evaluation.baseline;
