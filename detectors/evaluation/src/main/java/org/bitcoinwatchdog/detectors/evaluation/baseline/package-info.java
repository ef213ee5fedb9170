/** The rules of a comparable open tool, run on the same traffic for comparison (rules.md: why pages come not from z-scores). */
package org.bitcoinwatchdog.detectors.evaluation.baseline;
