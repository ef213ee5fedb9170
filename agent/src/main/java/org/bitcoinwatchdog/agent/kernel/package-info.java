/** The only access to native code: attaches to tracepoints and reads the ring buffer. */
package org.bitcoinwatchdog.agent.kernel;
