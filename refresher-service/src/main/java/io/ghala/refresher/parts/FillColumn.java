package io.ghala.refresher.parts;

import io.ghala.model.Column;
import io.ghala.model.Excerpt;
import io.ghala.model.ScalarType;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.refresher.rows.TokenColumn;
import io.ghala.token.CompactJson;
import io.ghala.token.PlainLiterals;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import io.ghala.token.VectorFiller;
import java.time.DateTimeException;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarCharVector;

/**
 * Casts the tokens of one column exactly into a vector. The most frequent types in their plain forms go straight from
 * bytes to values.
 */
final class FillColumn {
    private static final int SHORT_INTEGER = 18;
    private final Column column;
    private final FieldVector vector;
    private final VectorFiller filler;

    FillColumn(Column column, FieldVector vector) {
        this.column = column;
        this.vector = vector;
        this.filler = VectorFiller.of(column.type(), vector);
    }

    /**
     * Sets rows of the vector from {@code toRow} on, none of which is set yet.
     *
     * @throws UnfitValueException when a value does not fit the type
     */
    void set(int toRow, RowRuns rows) {
        for (int run = 0; run < rows.runs(); run++) {
            int from = rows.runStart(run);
            SourceRows source = rows.source(from);
            TokenColumn tokens = source.batch().column(column.foldedName());
            if (tokens != null && source.rows() > 0) {
                set(toRow, rows, tokens, from, rows.runEnd(run));
            }
        }
    }

    private void set(int toRow, RowRuns rows, TokenColumn tokens, int from, int to) {
        int first = rows.inBatch(from);
        int count = Math.min(to - from, tokens.rows() - first);
        if (column.type() == ScalarType.VARCHAR && count > 0 && !tokens.anyBoolean(first, count)) {
            FillText.fill((VarCharVector) vector, toRow + from, tokens, first, count);
            return;
        }
        for (int i = from; i < from + count; i++) {
            set(toRow + i, tokens, first + i - from, rows.source(i).file());
        }
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
        boolean text = column.type() == ScalarType.VARCHAR && kind != TokenKind.TRUE && kind != TokenKind.FALSE;
        if (text) {
            ((VarCharVector) vector).setSafe(toRow, tokens.arena(), tokens.start(row), tokens.length(row));
        } else if (!setPlain(toRow, tokens, row)) {
            setAny(toRow, tokens, row, file);
        }
    }

    /** Sets a value of a plain form; false for any other. */
    private boolean setPlain(int toRow, TokenColumn tokens, int row) {
        if (column.type() == ScalarType.BIGINT) {
            return setInteger(toRow, tokens, row);
        }
        int start = tokens.start(row);
        int end = start + tokens.length(row);
        if (column.type() == ScalarType.DOUBLE) {
            double value = PlainLiterals.number(tokens.arena(), start, end);
            if (!Double.isNaN(value)) {
                ((Float8Vector) vector).setSafe(toRow, value);
                return true;
            }
        } else if (column.type() == ScalarType.TIMESTAMP) {
            long micros = PlainLiterals.micros(tokens.arena(), start, end);
            if (micros != PlainLiterals.NOT_PLAIN) {
                ((TimeStampVector) vector).setSafe(toRow, micros);
                return true;
            }
        }
        return false;
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

    private static Token token(TokenColumn tokens, int row) {
        TokenKind kind = tokens.kind(row);
        if (kind != TokenKind.NESTED) {
            return new Token.Scalar(kind, tokens.text(row));
        }
        int start = tokens.start(row);
        return CompactJson.read(tokens.arena(), start, start + tokens.length(row));
    }
}
