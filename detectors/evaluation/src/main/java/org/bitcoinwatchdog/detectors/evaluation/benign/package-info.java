/** What happens to healthy nodes and must not notify anyone (rules.md, section 5). {@code BenignCases} lists all. */
package org.bitcoinwatchdog.detectors.evaluation.benign;
