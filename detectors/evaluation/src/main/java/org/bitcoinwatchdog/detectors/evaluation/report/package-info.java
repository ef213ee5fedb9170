/** Shows what an evaluation found: as text for a terminal, and as one HTML page with charts. */
package org.bitcoinwatchdog.detectors.evaluation.report;
