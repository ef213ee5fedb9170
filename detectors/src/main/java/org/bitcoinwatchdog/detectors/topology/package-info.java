/** The Kafka Streams topology: the only package that uses Kafka. */
package org.bitcoinwatchdog.detectors.topology;
