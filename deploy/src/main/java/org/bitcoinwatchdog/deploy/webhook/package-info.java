/** Receives and checks signed webhooks, for the demo. */
package org.bitcoinwatchdog.deploy.webhook;
