/** An HTTP client that refuses internal addresses. */
package org.bitcoinwatchdog.alerts.http;
