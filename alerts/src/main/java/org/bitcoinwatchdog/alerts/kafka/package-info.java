/** Reads alerts from Kafka and keeps the notification log there. */
package org.bitcoinwatchdog.alerts.kafka;
