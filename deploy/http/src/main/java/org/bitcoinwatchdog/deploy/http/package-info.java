/** The HTTP server: limits, access control, metrics, health and readiness. */
package org.bitcoinwatchdog.deploy.http;
