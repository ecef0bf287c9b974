package io.ghala.refresher.index;

import java.util.ArrayList;
import java.util.List;

/** A file of a table and the parts that hold its rows. Not for several threads. */
final class FileParts {
    private final KnownFile file;
    private final List<Part> parts = new ArrayList<>(1);

    FileParts(KnownFile file) {
        this.file = file;
    }

    KnownFile file() {
        return file;
    }

    List<Part> parts() {
        return List.copyOf(parts);
    }

    void add(Part part) {
        parts.add(part);
    }

    void remove(Part part) {
        parts.remove(part);
    }
}
