/** A Kafka broker in a child process. */
package org.bitcoinwatchdog.deploy.broker;
