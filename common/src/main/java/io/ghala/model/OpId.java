package io.ghala.model;

import java.util.regex.Pattern;

/** A client's own name for one write, by which a repeated request is recognised: 1 to 200 visible ASCII characters. */
public record OpId(String value) {
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]{1,200}");

    public OpId {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValueException("op id '" + Excerpt.of(value)
                    + "' is not valid: use 1 to 200 visible ASCII characters without blanks");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
