/** Runs the rules over labelled traffic and counts what they noticed, missed and made up. */
package org.bitcoinwatchdog.detectors.evaluation.measure;
