/** Silences as the console shows and writes them. */
package org.bitcoinwatchdog.deploy.console.silence;
