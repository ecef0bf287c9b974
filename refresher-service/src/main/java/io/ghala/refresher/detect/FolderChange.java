package io.ghala.refresher.detect;

import java.util.Map;
import java.util.Set;

/**
 * How the folder differs from what is known of it.
 *
 * @param toRead files to be read, new ones and changed ones, with what they looked like
 * @param gone known files that are not there any more
 */
public record FolderChange(Map<String, FileStamp> toRead, Set<String> gone) {
    public static final FolderChange NONE = new FolderChange(Map.of(), Set.of());

    public FolderChange {
        toRead = Map.copyOf(toRead);
        gone = Set.copyOf(gone);
    }

    public boolean isEmpty() {
        return toRead.isEmpty() && gone.isEmpty();
    }
}
