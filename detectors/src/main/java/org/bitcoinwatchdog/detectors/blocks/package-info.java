/** Rules about blocks: missing, late, split or slow chains. */
package org.bitcoinwatchdog.detectors.blocks;
