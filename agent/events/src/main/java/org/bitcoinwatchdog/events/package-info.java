/** The contract between the parts: events, alerts, topics and recordings. */
package org.bitcoinwatchdog.events;
