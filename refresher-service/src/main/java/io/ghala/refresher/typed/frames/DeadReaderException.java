package io.ghala.refresher.typed.frames;

/**
 * The process that read a file ended or hung; a new one may try again. The message says what happened, without the
 * file's name.
 */
public final class DeadReaderException extends Exception {
    private static final long serialVersionUID = 1L;

    public DeadReaderException(String message, Throwable cause) {
        super(message, cause);
    }
}
