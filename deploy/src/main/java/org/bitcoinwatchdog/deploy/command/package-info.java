/** One class for each command. */
package org.bitcoinwatchdog.deploy.command;
