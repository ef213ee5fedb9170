package org.bitcoinwatchdog.agent;

import java.security.SecureRandom;

/**
 * One run of the agent, as every node's heartbeats name it: two runs that publish one node are a conflict of names.
 *
 * @param host as this host names itself
 * @param id   random, not 0
 */
record AgentRun(String host, long id) {
    static AgentRun of(String host) {
        return new AgentRun(host, new SecureRandom().nextLong() | 1);
    }
}
