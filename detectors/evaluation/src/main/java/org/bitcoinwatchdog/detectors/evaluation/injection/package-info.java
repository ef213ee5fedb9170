/** Attacks and failures that must be noticed (rules.md, section 5). {@code Injections} lists all. */
package org.bitcoinwatchdog.detectors.evaluation.injection;
