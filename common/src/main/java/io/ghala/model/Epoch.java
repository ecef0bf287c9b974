package io.ghala.model;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One life of a table's intents stream, from its opening until Redis loses it: 16 lower-case hexadecimal digits drawn
 * at random.
 */
public record Epoch(String value) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");

    public Epoch {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException("epoch '" + Excerpt.of(value) + "' is not 16 hexadecimal digits");
        }
    }

    /** Empty where the text is none. */
    public static Optional<Epoch> tryParse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new Epoch(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
