package io.ghala.type;

import io.ghala.token.Literals;
import io.ghala.token.PlainLiterals;
import io.ghala.token.TokenKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Gathers the evidence of scalar tokens: what their text says that they are. */
final class ScalarEvidence {
    private static final BigInteger DOUBLE_EXACT = BigInteger.ONE.shiftLeft(53);
    private static final int MOST_DIGITS = 38;
    private static final int DOUBLE_DIGITS = 17;
    private static final int SAFE_LENGTH = 15;
    private static final int TRUE_LENGTH = 4;
    private static final int FALSE_LENGTH = 5;
    /** Doubles have fewer than 2^10 digits on either side of the point, and {@link Kind} has fewer than 24 bits. */
    private static final int COUNT_BITS = 20;

    private int kinds;
    private int integerDigits;
    private int scale;

    /** Takes a scalar; its text in UTF-8 is from {@code from} to {@code to}. */
    void add(TokenKind kind, byte[] text, int from, int to) {
        switch (kind) {
            case ABSENT, NULL -> kinds |= 0;
            case TRUE, FALSE -> kinds |= Kind.BOOLEAN;
            case NUMBER -> number(text, from, to);
            case STRING -> text(text, from, to);
            case CELL -> cell(text, from, to);
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

    private void cell(byte[] text, int from, int to) {
        if (from == to) {
            kinds |= Kind.TEXT;
        } else if (text[from] == '-' || PlainLiterals.digit(text[from])) {
            if (!shortNumber(text, from, to)) {
                numberOrText(string(text, from, to));
            }
        } else {
            boolean mayBe = to - from == TRUE_LENGTH || to - from == FALSE_LENGTH;
            kinds |= mayBe && Literals.cellBoolean(string(text, from, to)).isPresent() ? Kind.BOOLEAN : Kind.TEXT;
        }
    }

    private void numberOrText(String cell) {
        if (Literals.cellInteger(cell) || Literals.cellFraction(cell)) {
            number(cell);
        } else {
            text(cell);
        }
    }

    private void text(byte[] text, int from, int to) {
        if (to - from < Literals.DATE_LENGTH || !PlainLiterals.digit(text[from])) {
            kinds |= Kind.TEXT;
            return;
        }
        long micros = PlainLiterals.micros(text, from, to);
        if (micros != PlainLiterals.NOT_PLAIN) {
            kinds |= Kind.TIMESTAMP | (PlainLiterals.fitsNanoseconds(micros) ? 0 : Kind.BEYOND_NANOSECONDS);
        } else {
            text(string(text, from, to));
        }
    }

    private static String string(byte[] text, int from, int to) {
        return new String(text, from, to - from, StandardCharsets.UTF_8);
    }

    private void text(String text) {
        if (text.isEmpty() || !PlainLiterals.digit(text.charAt(0))) {
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

    private void number(byte[] text, int from, int to) {
        if (!shortNumber(text, from, to)) {
            number(string(text, from, to));
        }
    }

    /** Takes a number of few digits such as {@code 12} or {@code -12.50}; false for any other text. */
    private boolean shortNumber(byte[] text, int from, int to) {
        if (from == to || to - from > SAFE_LENGTH) {
            return false;
        }
        int first = text[from] == '-' ? from + 1 : from;
        int point = afterDigits(text, first, to);
        boolean zero = first < point && text[first] == '0';
        boolean minusZero = zero && first > from && point == to;
        if (point == first || (zero && point > first + 1) || minusZero) {
            return false;
        }
        int whole = zero ? 0 : point - first;
        if (point == to) {
            kinds |= Kind.INTEGER;
        } else {
            int end = to;
            if (text[point] != '.' || point + 1 == to || afterDigits(text, point + 1, to) != to) {
                return false;
            }
            while (end > point + 1 && text[end - 1] == '0') {
                end--;
            }
            kinds |= Kind.FRACTION;
            scale = Math.max(scale, end - point - 1);
        }
        integerDigits = Math.max(integerDigits, whole);
        return true;
    }

    private static int afterDigits(byte[] text, int from, int to) {
        int at = from;
        while (at < to && PlainLiterals.digit(text[at])) {
            at++;
        }
        return at;
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

    private void fraction(String text) {
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
