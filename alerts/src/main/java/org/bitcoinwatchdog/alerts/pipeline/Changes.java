package org.bitcoinwatchdog.alerts.pipeline;

import java.util.List;
import java.util.stream.Stream;

/**
 * What a group has to say to a sink.
 *
 * @param news    what the sink does not know yet
 * @param company what it knows and still fires
 */
record Changes(List<Change> news, List<Change> company) {
    /** In one notification; Slack and mail show fewer. What is left follows at once. */
    private static final int MOST_NEWS = 500;
    /** Beside the news. A large group changes all the time, and whoever told all of it each time would fall behind. */
    private static final int MOST_COMPANY = 100;

    /** What the next notification tells. */
    List<Change> next() {
        return Stream.concat(news.stream().limit(MOST_NEWS), company.stream().limit(MOST_COMPANY)).toList();
    }

    /** The news that wait for the one after it. */
    List<Change> later() {
        return news.subList(Math.min(news.size(), MOST_NEWS), news.size());
    }

    int size() {
        return news.size() + company.size();
    }
}
