package io.ghala.token;

import io.ghala.model.ColumnType;
import io.ghala.model.ColumnType.DecimalType;
import io.ghala.model.ColumnType.ListType;
import io.ghala.model.ColumnType.MapType;
import io.ghala.model.ColumnType.StructType;
import io.ghala.model.ScalarType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.util.Base64;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeMicroVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * Casts tokens exactly to the type of a vector; a token that does not fit is an {@link IllegalArgumentException} or
 * {@link ArithmeticException}.
 */
public abstract class VectorFiller {
    private static final long NANOS_PER_MICRO = 1000;

    /** Sets a row from a token that is not null. */
    public abstract void set(int row, Token token);

    /** A filler for {@code vector}, which has the Arrow type of {@code type}. */
    public static VectorFiller of(ColumnType type, FieldVector vector) {
        return type.accept(new ColumnType.Visitor<>() {
            @Override
            public VectorFiller scalar(ScalarType scalar) {
                return VectorFiller.scalar(scalar, vector);
            }

            @Override
            public VectorFiller decimal(DecimalType decimal) {
                DecimalVector decimals = (DecimalVector) vector;
                return text((row, text) -> decimals.setSafe(row, exact(text, decimal)));
            }

            @Override
            public VectorFiller list(ListType list) {
                return new NestedFiller.OfList((ListVector) vector, list);
            }

            @Override
            public VectorFiller struct(StructType struct) {
                return new NestedFiller.OfStruct((StructVector) vector, struct);
            }

            @Override
            public VectorFiller map(MapType map) {
                return new NestedFiller.OfMap((MapVector) vector, map);
            }
        });
    }

    private static BigDecimal exact(String text, DecimalType type) {
        BigDecimal value = new BigDecimal(text).setScale(type.scale(), RoundingMode.UNNECESSARY);
        if (value.precision() > type.precision()) {
            throw new ArithmeticException("it has more than " + type.precision() + " digits");
        }
        return value;
    }

    private static VectorFiller scalar(ScalarType type, FieldVector vector) {
        return switch (type) {
            case BOOLEAN -> new Booleans((BitVector) vector);
            case BIGINT -> text((row, text) -> ((BigIntVector) vector).setSafe(row, Long.parseLong(text)));
            case DOUBLE -> text((row, text) -> ((Float8Vector) vector).setSafe(row, Double.parseDouble(text)));
            case VARCHAR -> new Texts((VarCharVector) vector);
            case JSON -> new JsonTexts((VarCharVector) vector);
            case BLOB ->
                text((row, text) -> ((VarBinaryVector) vector)
                        .setSafe(row, Base64.getDecoder().decode(text)));
            case DATE ->
                text((row, text) -> ((DateDayVector) vector)
                        .setSafe(
                                row,
                                Math.toIntExact(Literals.castDate(text)
                                        .orElseThrow(() -> unfit(text))
                                        .toEpochDay())));
            case TIME -> text((row, text) -> ((TimeMicroVector) vector).setSafe(row, microsOfDay(text)));
            case TIMESTAMP, TIMESTAMPTZ ->
                text((row, text) -> ((TimeStampVector) vector).setSafe(row, micros(timestamp(text, type))));
            case TIMESTAMP_NS, TIMESTAMPTZ_NS ->
                text((row, text) -> ((TimeStampVector) vector)
                        .setSafe(row, timestamp(text, type).nanos()));
        };
    }

    private static long microsOfDay(String text) {
        long nanos = LocalTime.parse(text).toNanoOfDay();
        if (nanos % NANOS_PER_MICRO != 0) {
            throw new ArithmeticException("it has digits below the microsecond");
        }
        return nanos / NANOS_PER_MICRO;
    }

    private static long micros(Literals.Timestamp value) {
        if (value.belowMicrosecond()) {
            throw new ArithmeticException("it has digits below the microsecond");
        }
        return value.micros();
    }

    private static Literals.Timestamp timestamp(String text, ScalarType type) {
        Literals.Timestamp value = Literals.castTimestamp(text).orElseThrow(() -> unfit(text));
        boolean zoned = type == ScalarType.TIMESTAMPTZ || type == ScalarType.TIMESTAMPTZ_NS;
        if (value.zoned() != zoned) {
            throw unfit(text);
        }
        return value;
    }

    private static IllegalArgumentException unfit(String text) {
        return new IllegalArgumentException("'" + io.ghala.model.Excerpt.of(text) + "' is no such value");
    }

    /** Takes the text of a scalar. */
    private interface FromText {
        void set(int row, String text);
    }

    private static VectorFiller text(FromText setter) {
        return new VectorFiller() {
            @Override
            public void set(int row, Token token) {
                setter.set(row, scalarText(token));
            }
        };
    }

    private static String scalarText(Token token) {
        if (token instanceof Token.Scalar scalar) {
            return scalar.text();
        }
        throw new IllegalArgumentException("it is nested");
    }

    static boolean isNull(Token token) {
        return token instanceof Token.Scalar scalar
                && (scalar.kind() == TokenKind.NULL || scalar.kind() == TokenKind.ABSENT);
    }

    private static final class Booleans extends VectorFiller {
        private final BitVector vector;

        Booleans(BitVector vector) {
            this.vector = vector;
        }

        @Override
        public void set(int row, Token token) {
            String text = scalarText(token);
            vector.setSafe(row, Literals.cellBoolean(text).orElseThrow(() -> unfit(text)) ? 1 : 0);
        }
    }

    private static final class Texts extends VectorFiller {
        private final VarCharVector vector;

        Texts(VarCharVector vector) {
            this.vector = vector;
        }

        @Override
        public void set(int row, Token token) {
            String text = token instanceof Token.Scalar scalar ? scalar.text() : token.json();
            vector.setSafe(row, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /**
     * Strings keep their quotes, so that the column stays JSON; a cell is the number or boolean that the cell rules
     * make of it, else a string.
     */
    private static final class JsonTexts extends VectorFiller {
        private final VarCharVector vector;

        JsonTexts(VarCharVector vector) {
            this.vector = vector;
        }

        @Override
        public void set(int row, Token token) {
            boolean cell = token instanceof Token.Scalar scalar && scalar.kind() == TokenKind.CELL;
            String json = cell ? cell(((Token.Scalar) token).text()) : token.json();
            vector.setSafe(row, json.getBytes(StandardCharsets.UTF_8));
        }

        private static String cell(String text) {
            if (Literals.cellInteger(text) || Literals.cellFraction(text)) {
                return text;
            }
            return Literals.cellBoolean(text)
                    .map(value -> Boolean.toString(value))
                    .orElseGet(() -> new Token.Scalar(TokenKind.STRING, text).json());
        }
    }
}
