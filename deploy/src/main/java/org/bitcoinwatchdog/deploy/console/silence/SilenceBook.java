package org.bitcoinwatchdog.deploy.console.silence;

import java.util.List;

/** The silences that hold, are to come, or lately ended, and the way to add one or to end it. */
public interface SilenceBook {
    /**
     * @param offered false where silences can't be read or written here
     */
    record View(boolean offered, List<SilenceView> silences) {
    }

    /** Changes whenever the silences do. */
    long version();

    View view();

    /**
     * @return its id
     * @throws IllegalArgumentException where it is not a silence; the message is for the user
     */
    String add(NewSilence silence);

    /** @throws IllegalArgumentException where no silence of that id holds */
    void expire(String id);
}
