/** Facts about one node: its clock, chain and peers. */
package org.bitcoinwatchdog.detectors.node;
