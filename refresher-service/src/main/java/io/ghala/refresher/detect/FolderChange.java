package io.ghala.refresher.detect;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the folder differs from what is known of it.
 *
 * @param toRead files to be read, new ones and changed ones, each once
 * @param gone known files that are not there any more
 */
public record FolderChange(List<FoundFile> toRead, Set<String> gone) {
    public static final FolderChange NONE = new FolderChange(List.of(), Set.of());

    public FolderChange {
        toRead = List.copyOf(toRead);
        gone = Set.copyOf(gone);
    }

    public boolean isEmpty() {
        return toRead.isEmpty() && gone.isEmpty();
    }

    /** This change with {@code more} to be read, save files that are in it already. */
    public FolderChange withAlso(List<FoundFile> more) {
        if (more.isEmpty()) {
            return this;
        }
        Set<String> names = toRead.stream().map(FoundFile::name).collect(Collectors.toCollection(HashSet::new));
        List<FoundFile> all = new ArrayList<>(toRead);
        for (FoundFile file : more) {
            if (names.add(file.name())) {
                all.add(file);
            }
        }
        return new FolderChange(all, gone);
    }
}
