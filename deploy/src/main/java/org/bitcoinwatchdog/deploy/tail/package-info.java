/** Prints events as they pass. */
package org.bitcoinwatchdog.deploy.tail;
