package org.bitcoinwatchdog.agent.record;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.bitcoinwatchdog.agent.kernel.Tracepoint;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of each fault once, by the place in the code where it arises: of these there are few, whatever a peer sends. */
final class DecodingFaults {
    private static final Logger LOG = LoggerFactory.getLogger(DecodingFaults.class);

    private final Set<StackTraceElement> told = new HashSet<>();

    void met(Tracepoint tracepoint, RuntimeException fault) {
        boolean fresh = Arrays.stream(fault.getStackTrace()).findFirst().map(told::add).orElse(false);
        if (fresh) {
            LOG.error("A record of {} could not be decoded: this is a bug. It is counted as undecodable.",
                    tracepoint.fullName(), fault);
        }
    }
}
