/** Reads whole topics of Kafka, outside of any consumer group. */
package org.bitcoinwatchdog.events.follow;
