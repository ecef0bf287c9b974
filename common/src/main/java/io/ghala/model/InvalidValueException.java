package io.ghala.model;

/**
 * A value from outside does not have the form its type asks for; the message names the value, the rule and the remedy.
 */
public final class InvalidValueException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    public InvalidValueException(String message) {
        super(message);
    }
}
