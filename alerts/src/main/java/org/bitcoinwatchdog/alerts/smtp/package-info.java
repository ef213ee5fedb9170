/** A mail client that refuses internal addresses. */
package org.bitcoinwatchdog.alerts.smtp;
