package io.ghala.chaos.history;

/**
 * A row as somebody saw it.
 *
 * @param n number of the write, or of the plain file, that it came from
 * @param a a number that follows from id and n, see {@link Payload}
 * @param b minus {@code a}, so that a row mended from two writes shows
 * @param version stream id of the write, empty for rows of plain files and where the reader does not see it
 */
public record SeenRow(String id, long n, long a, long b, String version) {
    /** The row without what not every reader sees. */
    public SeenRow withoutVersion() {
        return new SeenRow(id, n, a, b, "");
    }
}
