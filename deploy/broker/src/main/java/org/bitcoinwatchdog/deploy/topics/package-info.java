/** The topics, their settings and their creation. */
package org.bitcoinwatchdog.deploy.topics;
