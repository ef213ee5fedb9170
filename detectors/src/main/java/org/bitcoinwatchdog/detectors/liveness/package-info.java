/** Rules about silent nodes and agents, and about lost events. */
package org.bitcoinwatchdog.detectors.liveness;
