package io.ghala.refresher.parts;

/** A value does not cast exactly to the type that the table's settings pin: its file is refused. */
public final class UnfitValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String file;

    public UnfitValueException(String file, String message, Throwable cause) {
        super(message, cause);
        this.file = file;
    }

    public String file() {
        return file;
    }
}
