package io.ghala.refresher.detect;

/**
 * A file of a table's folder as it was found. Ordered by name.
 *
 * @param name path inside the folder, {@code /} between folders
 * @param stamp what it looked like then
 */
public record FoundFile(String name, FileStamp stamp) implements Comparable<FoundFile> {
    @Override
    public int compareTo(FoundFile other) {
        return name.compareTo(other.name);
    }
}
