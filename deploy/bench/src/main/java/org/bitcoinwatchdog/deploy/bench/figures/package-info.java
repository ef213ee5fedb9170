/** The figures of benchmarks: how they are printed, kept and compared. */
package org.bitcoinwatchdog.deploy.bench.figures;
