package io.ghala.token;

import io.ghala.model.InvalidValueException;
import io.ghala.model.Loadable;

/** Checks that a nested value is {@link Loadable}: its names, its texts and its depth. */
public final class LoadableTokens {
    private LoadableTokens() {}

    /**
     * Checks a value of {@code column}.
     *
     * @throws InvalidValueException saying what is wrong with it
     */
    public static void require(String column, Token value) {
        require(column, value, 0);
    }

    private static void require(String column, Token value, int depth) {
        if (value instanceof Token.Scalar scalar) {
            if (scalar.kind() == TokenKind.STRING) {
                Loadable.requireText(scalar.text());
            }
            return;
        }
        Loadable.requireDepth(column, depth + 1);
        if (value instanceof Token.ObjectToken object) {
            for (Token.Field field : object.fields()) {
                Loadable.requireName(field.name());
                require(column, field.value(), depth + 1);
            }
        } else if (value instanceof Token.ArrayToken array) {
            for (Token element : array.elements()) {
                require(column, element, depth + 1);
            }
        }
    }
}
