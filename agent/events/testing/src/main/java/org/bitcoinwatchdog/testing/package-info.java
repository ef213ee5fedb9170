/** A Kafka broker for tests, in a process of its own. */
package org.bitcoinwatchdog.testing;
