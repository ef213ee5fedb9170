/** Metrics of the process and of its Kafka clients. */
package org.bitcoinwatchdog.deploy.metrics;
