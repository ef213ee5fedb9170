/** Text for people on a terminal. */
package org.bitcoinwatchdog.deploy.text;
