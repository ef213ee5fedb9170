/** Rules about how peers behave: pings, versions, misbehaviour, traffic. */
package org.bitcoinwatchdog.detectors.behaviour;
