package org.bitcoinwatchdog.alerts.pipeline;

/** Whether the people at a sink are notified of an alert's state, and when. */
enum Decision {
    /** No route leads to the sink and its people do not know the alert: it leaves the sink's queue. */
    FORGET,
    /** No notification now. The state stays: a beginning may wait before it, or a reminder may come. */
    KEEP,
    /** No notification of its own. The alert is listed beside the news of its group. */
    CONTEXT,
    /** A silence or another alert mutes it. The decision is made again when the mute ends. */
    MUTED,
    /** The end of a flapping alert. People are notified once the alert has been over for {@code flap-hold}. */
    HOLD,
    /** People are notified when the timing of the group allows it. */
    NOTIFY,
    /** People are notified at once, with the group. */
    NOTIFY_NOW;

    /**
     * What is known about one state of an alert and one sink.
     *
     * @param routed   a route leads to the sink
     * @param notified people at the sink know the alert as firing
     * @param firing   the alert fires
     * @param muted    a silence or an inhibition applies; looked up when the group is flushed, false before
     * @param news     the state differs from what the sink got last, or it grew much, or a reminder is due ({@link Deduplication})
     * @param page     the severity is page
     * @param held     the alert flaps and has not been over for long enough ({@link FlapHold})
     */
    record Flags(boolean routed, boolean notified, boolean firing, boolean muted, boolean news, boolean page, boolean held) {
    }

    /**
     * The first row that fits decides; {@code -} fits both values.
     * <pre>
     * routed  notified  firing  muted  news  page  held | decision
     * no      no        -       -      -     -     -    | FORGET
     * -       -         yes     yes    -     -     -    | MUTED
     * -       -         yes     no     yes   yes   -    | NOTIFY_NOW
     * -       -         yes     no     yes   no    -    | NOTIFY
     * -       yes       yes     no     no    -     -    | CONTEXT
     * -       yes       no      -      yes   -     yes  | HOLD
     * -       yes       no      -      yes   -     no   | NOTIFY
     * -       -         -       -      -     -     -    | KEEP
     * </pre>
     * A mute never stops an end: people who know a beginning get the end. People who do not know it get neither.
     */
    static Decision of(Flags state) {
        if (!state.routed && !state.notified) {
            return FORGET;
        }
        if (state.firing) {
            if (state.muted) {
                return MUTED;
            }
            if (state.news) {
                return state.page ? NOTIFY_NOW : NOTIFY;
            }
            return state.notified ? CONTEXT : KEEP;
        }
        if (!state.notified || !state.news) {
            return KEEP;
        }
        return state.held ? HOLD : NOTIFY;
    }
}
