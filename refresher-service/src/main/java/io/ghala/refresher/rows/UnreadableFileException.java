package io.ghala.refresher.rows;

import io.ghala.snapshot.RefusedFile;

/**
 * A file's content cannot be taken; the message says where and why, and what to do. The file is refused, its neighbours
 * are not.
 */
public final class UnreadableFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final RefusedFile.Kind kind;

    public UnreadableFileException(String message) {
        super(message);
        this.kind = RefusedFile.Kind.REFUSED;
    }

    public UnreadableFileException(String message, Throwable cause) {
        super(message, cause);
        this.kind = RefusedFile.Kind.REFUSED;
    }

    /** A file that is listed as {@code kind}. */
    public UnreadableFileException(RefusedFile.Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public RefusedFile.Kind kind() {
        return kind;
    }
}
