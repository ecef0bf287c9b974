package io.ghala.model;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * How the key of a row becomes its id: the text of the key as it stands in the row's own file, numbers in one canonical
 * form.
 */
public final class KeyText {
    /** Exponents beyond this are no ids: their plain form would be absurdly long. */
    private static final int MOST_EXPONENT = 400;

    private KeyText() {}

    /**
     * A JSON number as plain decimal without trailing zeros: {@code 1}, {@code 1.0} and {@code 1e0} are all {@code 1}.
     * Empty where the plain form would need more than 400 zeros.
     */
    public static Optional<String> ofNumber(String token) {
        boolean plain = true;
        for (int i = 0; i < token.length() && plain; i++) {
            char c = token.charAt(i);
            plain = (c >= '0' && c <= '9') || (c == '-' && i == 0);
        }
        if (plain && !token.equals("-0")) {
            return Optional.of(token);
        }
        BigDecimal number;
        try {
            number = new BigDecimal(token);
        } catch (NumberFormatException e) {
            // The exponent does not even fit an int.
            return Optional.empty();
        }
        if (number.signum() == 0) {
            return Optional.of("0");
        }
        if (Math.abs((long) number.scale()) > MOST_EXPONENT + (long) token.length()) {
            return Optional.empty();
        }
        return Optional.of(number.stripTrailingZeros().toPlainString());
    }
}
