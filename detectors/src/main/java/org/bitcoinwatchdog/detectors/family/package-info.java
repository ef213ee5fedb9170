/** What a family of rules is. */
package org.bitcoinwatchdog.detectors.family;
