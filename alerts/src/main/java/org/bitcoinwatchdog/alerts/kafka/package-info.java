/** Reads alerts from Kafka and remembers there what was delivered. */
package org.bitcoinwatchdog.alerts.kafka;
