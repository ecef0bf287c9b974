package io.ghala.refresher.rows;

/** A file's content cannot be taken; the message says where and why, and what to do. The file is refused, its neighbours are not. */
public final class UnreadableFileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnreadableFileException(String message) {
        super(message);
    }

    public UnreadableFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
