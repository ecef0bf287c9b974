package io.ghala.model;

/**
 * The version of a published snapshot; grows with every publication, also across a wiped Redis: max(previous + 1, Redis
 * time in ms).
 */
public record SnapshotVersion(long value) implements Comparable<SnapshotVersion> {
    /** Older than every published version. */
    public static final SnapshotVersion NONE = new SnapshotVersion(0);

    public SnapshotVersion {
        if (value < 0) {
            throw new InvalidValueException("snapshot version " + value + " is negative");
        }
    }

    public boolean isNewerThan(SnapshotVersion other) {
        return value > other.value;
    }

    @Override
    public int compareTo(SnapshotVersion other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
