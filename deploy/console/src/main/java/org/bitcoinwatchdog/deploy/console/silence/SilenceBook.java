package org.bitcoinwatchdog.deploy.console.silence;

import java.util.List;

/** The silences that hold, are to come, or lately ended, and the way to add one or to end it. */
public interface SilenceBook {
    /** In the order in which they end, those that are over last. */
    List<SilenceView> view();

    /** Changes whenever the view does. */
    long version();

    /**
     * @return its id
     * @throws IllegalArgumentException where it is not a silence; the message is for the user
     * @throws SilencesUnavailable      where it could not be kept
     */
    String add(NewSilence silence);

    /**
     * @throws IllegalArgumentException where no silence of that id holds or is to come
     * @throws SilencesUnavailable      where its end could not be kept
     */
    void expire(String id);
}
