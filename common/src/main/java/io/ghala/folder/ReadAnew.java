package io.ghala.folder;

import java.util.Set;
import java.util.TreeSet;

/**
 * Which files of a table somebody wants to be read anew although their names are known.
 *
 * @param which all files, those whose size or time moved, or none but the named
 * @param files named ones, by their path inside the table's folder
 */
public record ReadAnew(Which which, Set<String> files) {
    public static final ReadAnew NONE = new ReadAnew(Which.NAMED, Set.of());

    /** Which files beside those that are named, the fewest first. */
    public enum Which {
        NAMED,
        MOVED,
        ALL
    }

    public ReadAnew {
        files = Set.copyOf(files);
    }

    /** What both ask for. */
    public ReadAnew and(ReadAnew other) {
        Set<String> both = new TreeSet<>(files);
        both.addAll(other.files);
        return new ReadAnew(which.compareTo(other.which) > 0 ? which : other.which, both);
    }
}
