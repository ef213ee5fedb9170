/** The Kafka Streams topology: the only package that knows Kafka. */
package org.bitcoinwatchdog.detectors.topology;
