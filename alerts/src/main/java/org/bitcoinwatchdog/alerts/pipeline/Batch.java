package org.bitcoinwatchdog.alerts.pipeline;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a group has to say to a sink.
 *
 * @param news    what the sink does not know yet
 * @param context what it knows and still fires
 */
record Batch(List<BatchEntry> news, List<BatchEntry> context) {
    /** In one notification; Slack and mail show fewer. What is left follows at once. */
    private static final int MOST_NEWS = 500;
    /** Sent with the news. A large group changes all the time: a sink that got all of it each time would fall behind. */
    private static final int MOST_CONTEXT = 100;
    /** Of the alerts as the log has them, news and company each: receivers limit the size of a body. */
    private static final int MOST_BYTES = 1 << 20;

    /** What the next notification tells. */
    List<BatchEntry> next() {
        return Stream.concat(news.stream().limit(fitting(news, MOST_NEWS)),
                context.stream().limit(fitting(context, MOST_CONTEXT))).toList();
    }

    /** The news that wait for the one after it. */
    List<BatchEntry> later() {
        return news.subList(fitting(news, MOST_NEWS), news.size());
    }

    /** How many of them one notification tells, at least one. */
    private static int fitting(List<BatchEntry> changes, int most) {
        int count = 0;
        long bytes = 0;
        while (count < Math.min(changes.size(), most)) {
            bytes += changes.get(count).record().bytes();
            if (count > 0 && bytes > MOST_BYTES) {
                break;
            }
            count++;
        }
        return count;
    }

    int size() {
        return news.size() + context.size();
    }
}
