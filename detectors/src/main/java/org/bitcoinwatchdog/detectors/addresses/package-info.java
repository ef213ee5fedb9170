/** Rules about floods of addresses. */
package org.bitcoinwatchdog.detectors.addresses;
