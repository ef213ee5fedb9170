/** Measures the detectors and the alert worker. */
package org.bitcoinwatchdog.deploy.bench;
