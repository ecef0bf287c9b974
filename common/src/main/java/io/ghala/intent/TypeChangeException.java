package io.ghala.intent;

/** A write that would make a column another kind of type, and that nobody allowed to. */
public final class TypeChangeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public TypeChangeException(String message) {
        super(message);
    }
}
