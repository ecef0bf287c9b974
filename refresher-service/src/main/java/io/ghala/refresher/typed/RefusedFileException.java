package io.ghala.refresher.typed;

import java.io.IOException;

/** A typed file cannot be taken; the message says why, without the file's name. */
public final class RefusedFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public RefusedFileException(String message) {
        super(message);
    }

    public RefusedFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
