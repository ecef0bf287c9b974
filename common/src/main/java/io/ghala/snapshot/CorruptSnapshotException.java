package io.ghala.snapshot;

/**
 * What was read is not what was published: stop using it, read the manifest again. The message names table, part or
 * key.
 */
public final class CorruptSnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CorruptSnapshotException(String message) {
        super(message);
    }

    public CorruptSnapshotException(String message, Throwable cause) {
        super(message, cause);
    }
}
