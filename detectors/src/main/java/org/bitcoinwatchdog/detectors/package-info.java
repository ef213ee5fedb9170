/** Wires the rules to Kafka Streams, or to an offline replay. */
package org.bitcoinwatchdog.detectors;
