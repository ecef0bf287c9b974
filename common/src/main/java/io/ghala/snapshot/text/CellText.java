package io.ghala.snapshot.text;

import io.ghala.arrow.ArrowSchemas;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * The text of the values of one vector. In JSON 64-bit integers and decimals are exact numbers, doubles the shortest
 * that reads back with {@code "NaN"}, {@code "Infinity"} and {@code "-Infinity"} as strings, binary is base64, dates,
 * times and intervals are ISO 8601, JSON columns stand as they are.
 */
abstract class CellText {
    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private final FieldVector vector;

    CellText(FieldVector vector) {
        this.vector = vector;
    }

    boolean isNull(int row) {
        return vector.isNull(row);
    }

    /** The value as JSON, {@code null} where there is none. */
    void json(int row, Utf8Buffer out) {
        if (vector.isNull(row)) {
            out.raw(NULL);
        } else {
            value(row, out);
        }
    }

    /** The value as JSON; there is one. */
    abstract void value(int row, Utf8Buffer out);

    /** The value as the plain text of a CSV cell; there is one. */
    void plain(int row, Utf8Buffer out) {
        value(row, out);
    }

    static CellText of(FieldVector vector) {
        return of(vector, JsonShape.UNKNOWN);
    }

    static CellText of(FieldVector vector, JsonShape shape) {
        if (vector instanceof VarCharVector text) {
            return shape.json()
                            || "JSON".equals(vector.getField().getMetadata().get(ArrowSchemas.TYPE_KEY))
                            || "arrow.json"
                                    .equals(vector.getField().getMetadata().get("ARROW:extension:name"))
                    ? new Raw(text)
                    : new Text(text);
        }
        if (vector instanceof MapVector map) {
            return new NestedText.OfMap(map, shape);
        }
        if (vector instanceof ListVector list) {
            return new NestedText.OfList(list, shape);
        }
        if (vector instanceof StructVector struct) {
            return new NestedText.OfStruct(struct, shape);
        }
        if (vector instanceof BitVector bit) {
            return simple(vector, (row, out) -> out.text(bit.get(row) == 1 ? "true" : "false"));
        }
        if (vector instanceof UInt8Vector unsigned) {
            return simple(vector, (row, out) -> out.text(Long.toUnsignedString(unsigned.get(row))));
        }
        if (vector instanceof BaseIntVector integer) {
            return simple(vector, (row, out) -> out.text(Long.toString(integer.getValueAsLong(row))));
        }
        if (vector instanceof DecimalVector decimal) {
            return simple(vector, (row, out) -> out.text(decimal(decimal, row)));
        }
        if (vector instanceof Float8Vector number) {
            return new Floating(vector, row -> Double.toString(number.get(row)));
        }
        if (vector instanceof Float4Vector number) {
            return new Floating(vector, row -> Float.toString(number.get(row)));
        }
        return temporalOrBinary(vector);
    }

    private static CellText temporalOrBinary(FieldVector vector) {
        if (vector instanceof VarBinaryVector binary) {
            return new Quoted(vector, row -> Base64.getEncoder().encodeToString(binary.get(row)));
        }
        return TemporalText.of(vector)
                .<CellText>map(text -> new Quoted(vector, text))
                .orElseThrow(() -> new IllegalArgumentException("column " + vector.getName() + " has the Arrow type "
                        + vector.getField().getType() + ", which has no text"));
    }

    private static String decimal(DecimalVector vector, int row) {
        BigDecimal value = vector.getObject(row);
        return value == null ? "null" : value.toPlainString();
    }

    /** Appends the text of the value in a row. */
    private interface Appender {
        void append(int row, Utf8Buffer out);
    }

    /** The text of the value in a row. */
    interface TextOf {
        String of(int row);
    }

    private static CellText simple(FieldVector vector, Appender appender) {
        return new CellText(vector) {
            @Override
            void value(int row, Utf8Buffer out) {
                appender.append(row, out);
            }
        };
    }

    private static final class Text extends CellText {
        private final VarCharVector text;

        Text(VarCharVector text) {
            super(text);
            this.text = text;
        }

        @Override
        void value(int row, Utf8Buffer out) {
            out.jsonString(text.get(row));
        }

        @Override
        void plain(int row, Utf8Buffer out) {
            out.raw(text.get(row));
        }
    }

    /** JSON columns: the text is JSON already. */
    private static final class Raw extends CellText {
        private final VarCharVector text;

        Raw(VarCharVector text) {
            super(text);
            this.text = text;
        }

        @Override
        void value(int row, Utf8Buffer out) {
            out.raw(text.get(row));
        }
    }

    private static final class Quoted extends CellText {
        private final TextOf text;

        Quoted(FieldVector vector, TextOf text) {
            super(vector);
            this.text = text;
        }

        @Override
        void value(int row, Utf8Buffer out) {
            out.ascii('"').text(text.of(row)).ascii('"');
        }

        @Override
        void plain(int row, Utf8Buffer out) {
            out.text(text.of(row));
        }
    }

    private static final class Floating extends CellText {
        private final TextOf text;

        Floating(FieldVector vector, TextOf text) {
            super(vector);
            this.text = text;
        }

        @Override
        void value(int row, Utf8Buffer out) {
            String number = text.of(row);
            char last = number.charAt(number.length() - 1);
            if (last == 'N' || last == 'y') {
                out.ascii('"').text(number).ascii('"');
            } else {
                out.text(number);
            }
        }

        @Override
        void plain(int row, Utf8Buffer out) {
            out.text(text.of(row));
        }
    }
}
