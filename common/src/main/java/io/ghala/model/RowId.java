package io.ghala.model;

import java.nio.charset.StandardCharsets;

/**
 * The identity of a row: the text of its key column as it was written. Two ids are the same row only when their text is
 * equal; the type that the key column ends up with never matters.
 */
public record RowId(String text) implements Comparable<RowId> {
    /** Longest id in UTF-8 bytes. */
    public static final int MAX_BYTES = 64 * 1024;

    public RowId {
        if (text.isEmpty()) {
            throw new InvalidValueException("row id is empty: give the text of the row's key");
        }
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
            throw new InvalidValueException("row id '" + Excerpt.of(text) + "' is not valid Unicode (lone surrogate)");
        }
        if (text.length() > MAX_BYTES || text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new InvalidValueException(
                    "row id '" + Excerpt.of(text) + "' is longer than " + MAX_BYTES + " bytes of UTF-8");
        }
    }

    @Override
    public int compareTo(RowId other) {
        return text.compareTo(other.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
