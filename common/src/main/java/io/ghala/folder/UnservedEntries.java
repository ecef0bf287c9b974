package io.ghala.folder;

import java.util.List;

/** What the refreshers last said of entries of DB_ROOT that are no tables, for people who ask. */
public interface UnservedEntries {
    void note(List<UnservedEntry> entries);

    List<UnservedEntry> list();
}
