/** Runs recordings through the rules, without Kafka. */
package org.bitcoinwatchdog.deploy.replay;
