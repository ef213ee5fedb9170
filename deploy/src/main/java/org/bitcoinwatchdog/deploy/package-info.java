/** The entry point of the command. */
package org.bitcoinwatchdog.deploy;
