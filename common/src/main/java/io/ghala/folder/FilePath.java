package io.ghala.folder;

import java.util.List;

/**
 * Where a file lies inside its table's folder: the names on the way to it with {@code /} between them. Listings of a
 * million files keep such paths as plain texts; this is for who looks into one.
 */
public record FilePath(String text) {
    public FilePath {
        if (text.isEmpty() || text.startsWith("/") || text.endsWith("/")) {
            throw new IllegalArgumentException("'" + text + "' is no path of a file inside a folder");
        }
    }

    /** The file's own name, without the folders above it. */
    public String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** The names of the folders above it inside the table's folder, the outermost first. */
    public List<String> folders() {
        int last = text.lastIndexOf('/');
        return last < 0 ? List.of() : List.of(text.substring(0, last).split("/", -1));
    }

    /** The path of a file of that name beside this one. */
    public FilePath sibling(String name) {
        return new FilePath(text.substring(0, text.lastIndexOf('/') + 1) + name);
    }

    @Override
    public String toString() {
        return text;
    }
}
