package io.ghala.folder;

/** Something in DB_ROOT that is no table; {@code reason} says why and what to do. */
public record UnservedEntry(String name, String reason) implements Comparable<UnservedEntry> {
    @Override
    public int compareTo(UnservedEntry other) {
        return name.compareTo(other.name);
    }
}
