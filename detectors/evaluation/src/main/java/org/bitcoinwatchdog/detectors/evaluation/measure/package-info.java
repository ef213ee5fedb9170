/** Runs the rules over labelled traffic and counts detections, misses and false alarms. */
package org.bitcoinwatchdog.detectors.evaluation.measure;
