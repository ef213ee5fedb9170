/** The pages of the console and their access control. */
package org.bitcoinwatchdog.deploy.console.http;
