package io.ghala.refresher.type;

import io.ghala.token.Literals;
import io.ghala.token.TokenKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;

/** Gathers the evidence of scalar tokens: what their text says that they are. */
final class ScalarEvidence {
    private static final BigInteger DOUBLE_EXACT = BigInteger.ONE.shiftLeft(53);
    private static final int MOST_DIGITS = 38;
    private static final int DOUBLE_DIGITS = 17;
    private static final int SAFE_LENGTH = 15;
    /** Doubles have fewer than 2^10 digits on either side of the point, and {@link Kind} has fewer than 24 bits. */
    private static final int COUNT_BITS = 20;

    private int kinds;
    private int integerDigits;
    private int scale;

    void add(TokenKind kind, String text) {
        switch (kind) {
            case ABSENT, NULL -> kinds |= 0;
            case TRUE, FALSE -> kinds |= Kind.BOOLEAN;
            case NUMBER -> number(text);
            case STRING -> text(text);
            case CELL -> cell(text);
            case NESTED -> throw new IllegalArgumentException("nested values are read as trees");
        }
    }

    void clear() {
        kinds = 0;
        integerDigits = 0;
        scale = 0;
    }

    /** All that {@link #evidence} depends on, in one number: equal numbers are equal evidence. */
    long summary() {
        return ((long) kinds << (2 * COUNT_BITS)) | ((long) integerDigits << COUNT_BITS) | scale;
    }

    ValueEvidence evidence() {
        return kinds == 0 ? ValueEvidence.NOTHING : ValueEvidence.number(kinds, integerDigits, scale);
    }

    private void cell(String text) {
        if (text.isEmpty()) {
            kinds |= Kind.TEXT;
            return;
        }
        char first = text.charAt(0);
        if (first == '-' || (first >= '0' && first <= '9')) {
            if (Literals.cellInteger(text) || Literals.cellFraction(text)) {
                number(text);
            } else {
                text(text);
            }
        } else {
            kinds |= Literals.cellBoolean(text).isPresent() ? Kind.BOOLEAN : Kind.TEXT;
        }
    }

    private void text(String text) {
        if (text.isEmpty() || text.charAt(0) < '0' || text.charAt(0) > '9') {
            kinds |= Kind.TEXT;
            return;
        }
        if (Literals.date(text).isPresent()) {
            kinds |= Kind.DATE;
            return;
        }
        Optional<Literals.Timestamp> timestamp = Literals.timestamp(text);
        if (timestamp.isEmpty()) {
            kinds |= Kind.TEXT;
            return;
        }
        kinds |= (timestamp.get().zoned() ? Kind.TIMESTAMP_ZONED : Kind.TIMESTAMP)
                | (timestamp.get().belowMicrosecond() ? Kind.BELOW_MICROSECOND : 0)
                | (timestamp.get().fitsNanoseconds() ? 0 : Kind.BEYOND_NANOSECONDS);
    }

    private void number(String text) {
        boolean integer = true;
        for (int i = 0; i < text.length() && integer; i++) {
            char c = text.charAt(i);
            integer = c == '-' || (c >= '0' && c <= '9');
        }
        if (!integer || text.equals("-0")) {
            fraction(text);
            return;
        }
        int digits = text.equals("0") ? 0 : text.length() - (text.charAt(0) == '-' ? 1 : 0);
        if (digits > MOST_DIGITS) {
            kinds |= Kind.BIGGER_NUMBER;
            return;
        }
        integerDigits = Math.max(integerDigits, digits);
        if (text.length() <= SAFE_LENGTH) {
            kinds |= Kind.INTEGER;
            return;
        }
        BigInteger value = new BigInteger(text);
        if (value.bitLength() < Long.SIZE) {
            kinds |= value.abs().compareTo(DOUBLE_EXACT) > 0 ? Kind.INTEGER | Kind.BEYOND_DOUBLE : Kind.INTEGER;
        } else {
            kinds |= Kind.LARGE_INTEGER;
        }
    }

    /** Takes a short number of the form {@code 12.50}; false for any other text. */
    private boolean shortFraction(String text) {
        int point = text.indexOf('.');
        int first = text.charAt(0) == '-' ? 1 : 0;
        int end = text.length();
        if (point <= first || end > SAFE_LENGTH || !digits(text, first, point) || !digits(text, point + 1, end)) {
            return false;
        }
        while (end > point + 1 && text.charAt(end - 1) == '0') {
            end--;
        }
        while (first < point && text.charAt(first) == '0') {
            first++;
        }
        kinds |= Kind.FRACTION;
        integerDigits = Math.max(integerDigits, point - first);
        scale = Math.max(scale, end - point - 1);
        return true;
    }

    private static boolean digits(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return to > from;
    }

    private void fraction(String text) {
        if (shortFraction(text)) {
            return;
        }
        Optional<BigDecimal> exact =
                Double.isInfinite(Double.parseDouble(text)) ? Optional.empty() : Literals.number(text);
        if (exact.isEmpty()) {
            kinds |= Kind.BIGGER_NUMBER;
            return;
        }
        BigDecimal stripped = exact.get().stripTrailingZeros();
        boolean underflows = stripped.signum() != 0 && Double.parseDouble(text) == 0;
        if (stripped.precision() > DOUBLE_DIGITS || underflows) {
            kinds |= Kind.BIGGER_NUMBER;
            return;
        }
        kinds |= Kind.FRACTION;
        if (stripped.signum() != 0) {
            integerDigits = Math.max(integerDigits, stripped.precision() - stripped.scale());
            scale = Math.max(scale, stripped.scale());
        }
    }
}
