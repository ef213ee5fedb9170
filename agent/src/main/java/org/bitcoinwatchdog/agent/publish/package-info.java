/** Publishes events to Kafka and keeps them on disk while Kafka is away. */
package org.bitcoinwatchdog.agent.publish;
