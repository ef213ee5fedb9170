/** The console: readers of topics, models and pages together. */
package org.bitcoinwatchdog.deploy.console;
