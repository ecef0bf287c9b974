package io.ghala.refresher.detect;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** The data files of a table at one time, by path inside its folder. */
public record FolderListing(SortedMap<String, FileStamp> files) {
    public FolderListing {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }
}
