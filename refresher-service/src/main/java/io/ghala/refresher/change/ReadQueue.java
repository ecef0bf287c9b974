package io.ghala.refresher.change;

import io.ghala.refresher.detect.FoundFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The files that are still to be read for one change, in the order of their names, each once. Not for several threads.
 */
final class ReadQueue {
    private List<FoundFile> files;

    ReadQueue(List<FoundFile> files) {
        this.files = sorted(files);
    }

    private static List<FoundFile> sorted(List<FoundFile> files) {
        List<FoundFile> sorted = new ArrayList<>(files);
        Collections.sort(sorted);
        return sorted;
    }

    boolean isEmpty() {
        return files.isEmpty();
    }

    List<FoundFile> files() {
        return files;
    }

    /** What is left after the first files were read. */
    void left(List<FoundFile> rest) {
        files = rest;
    }

    /** Adds the files that are not in the queue; returns how many. */
    int add(List<FoundFile> more) {
        Set<String> names = files.stream().map(FoundFile::name).collect(Collectors.toCollection(HashSet::new));
        List<FoundFile> all = new ArrayList<>(files);
        for (FoundFile file : more) {
            if (names.add(file.name())) {
                all.add(file);
            }
        }
        int added = all.size() - files.size();
        files = sorted(all);
        return added;
    }

    /** Bytes of all files. */
    long bytes() {
        return files.stream().mapToLong(file -> file.stamp().size()).sum();
    }
}
