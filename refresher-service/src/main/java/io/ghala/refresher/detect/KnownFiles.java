package io.ghala.refresher.detect;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/** What is known of a folder already: files whose rows are taken, and files that are refused. */
public interface KnownFiles {
    int count();

    boolean knows(String file);

    /** All names; costs as much as there are. */
    Set<String> names();

    Collection<String> refused();

    /** How the file was read; empty for a name that is not known. */
    Optional<Reading> reading(String file);

    /** {@code readAtMs} is when the file looked like {@code stamp}, wall clock. */
    record Reading(FileStamp stamp, long readAtMs) {}
}
