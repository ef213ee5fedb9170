/** Rules about what peers send, and about the load on the node: messages, mempool, disk. */
package org.bitcoinwatchdog.detectors.behaviour;
