package io.ghala.refresher.build;

import com.fasterxml.jackson.core.JsonParser;
import io.ghala.model.Column;
import io.ghala.model.Excerpt;
import io.ghala.model.ScalarType;
import io.ghala.refresher.read.TokenColumn;
import io.ghala.token.JsonTokens;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import io.ghala.token.VectorFiller;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.jspecify.annotations.Nullable;

/** Casts the tokens of one column exactly into a vector. Integers and text, the most frequent, go straight from bytes to bytes. */
final class FillColumn {
    private static final int SHORT_INTEGER = 18;
    private final Column column;
    private final FieldVector vector;
    private final VectorFiller filler;
    private @Nullable JsonParser parser;
    private @Nullable TokenColumn parsed;
    private int parsedTo;

    FillColumn(Column column, FieldVector vector) {
        this.column = column;
        this.vector = vector;
        this.filler = VectorFiller.of(column.type(), vector);
    }

    /**
     * Sets a row of the vector; a token that is absent or null leaves it null.
     *
     * @param file names the culprit
     * @throws UnfitValueException when the value does not fit the type
     */
    void set(int toRow, TokenColumn tokens, int row, String file) {
        if (!tokens.present(row)) {
            return;
        }
        TokenKind kind = tokens.kind(row);
        if (column.type() == ScalarType.VARCHAR && kind != TokenKind.TRUE && kind != TokenKind.FALSE) {
            ((VarCharVector) vector).setSafe(toRow, tokens.arena(), tokens.start(row), tokens.length(row));
        } else if (column.type() != ScalarType.BIGINT || !setInteger(toRow, tokens, row)) {
            setAny(toRow, tokens, row, file);
        }
    }

    /** Sets an integer of few digits; false for any other text. */
    private boolean setInteger(int toRow, TokenColumn tokens, int row) {
        int length = tokens.length(row);
        if (length == 0 || length > SHORT_INTEGER) {
            return false;
        }
        byte[] text = tokens.arena();
        int at = tokens.start(row);
        int end = at + length;
        boolean negative = text[at] == '-';
        at += negative ? 1 : 0;
        if (at == end) {
            return false;
        }
        long value = 0;
        for (; at < end; at++) {
            int digit = text[at] - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            value = value * 10 + digit;
        }
        ((BigIntVector) vector).setSafe(toRow, negative ? -value : value);
        return true;
    }

    private void setAny(int toRow, TokenColumn tokens, int row, String file) {
        try {
            filler.set(toRow, token(tokens, row));
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            throw new UnfitValueException(
                    file,
                    "column '" + column.name() + "' is " + column.type().sql() + ", and the value '"
                            + Excerpt.of(tokens.text(row)) + "' does not fit it exactly: " + e.getMessage(),
                    e);
        }
    }

    private Token token(TokenColumn tokens, int row) {
        TokenKind kind = tokens.kind(row);
        if (kind != TokenKind.NESTED) {
            return new Token.Scalar(kind, tokens.text(row));
        }
        try {
            return nested(tokens, row);
        } catch (IOException e) {
            throw new UncheckedIOException("compact JSON that was written by this program does not parse", e);
        }
    }

    /** Nested values lie end to end, so that one parser mostly reads one after the other. */
    private Token nested(TokenColumn tokens, int row) throws IOException {
        int start = tokens.start(row);
        JsonParser reading = parser;
        if (reading == null || parsed != tokens || parsedTo != start) {
            reading = JsonTokens.parser(tokens.arena(), start, tokens.end() - start);
            parser = reading;
            parsed = tokens;
        }
        reading.nextToken();
        parsedTo = start + tokens.length(row);
        return Token.read(reading);
    }
}
