package io.ghala.refresher.typed.cells;

import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.token.TokenKind;
import io.ghala.type.DeclaredEvidence;
import io.ghala.type.ValueEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.ExtensionTypeVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.complex.LargeListVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.complex.UnionVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;

/** Makes the cells of vectors. The vectors may be loaded anew with other rows later; the cells stay. */
public final class CellsFactory {
    private final Map<Long, Dictionary> dictionaries;

    public CellsFactory(Map<Long, Dictionary> dictionaries) {
        this.dictionaries = dictionaries;
    }

    /** {@code field} is the field of the file's schema: the type ids of a union are not those of its vector. */
    public Cells of(Field field, FieldVector vector) throws RefusedFileException {
        DictionaryEncoding encoding = field.getDictionary();
        if (encoding != null) {
            Dictionary dictionary = dictionaries.get(encoding.getId());
            if (dictionary == null || !(vector instanceof BaseIntVector indexes)) {
                throw new RefusedFileException("column '" + vector.getName() + "' has no dictionary");
            }
            return new DictionaryCells(
                    indexes,
                    dictionary.getVector(),
                    plain(dictionary.getVector().getField(), dictionary.getVector()));
        }
        return plain(field, vector);
    }

    private Cells plain(Field field, FieldVector vector) throws RefusedFileException {
        if (vector instanceof ExtensionTypeVector<?> extension) {
            return plain(field, (FieldVector) extension.getUnderlyingVector());
        }
        if (vector instanceof NullVector) {
            return new ScalarCells(vector, ValueEvidence.NOTHING, (row, out) -> TokenKind.NULL);
        }
        if (vector instanceof TinyIntVector bytes && PlainCells.extension(vector, "arrow.bool8")) {
            return new ScalarCells(
                    bytes,
                    DeclaredEvidence.BOOLEAN,
                    (row, out) -> bytes.get(row) == 0 ? TokenKind.FALSE : TokenKind.TRUE);
        }
        if (vector instanceof BaseIntVector integers) {
            return new IntegerCells(integers);
        }
        if (vector instanceof BitVector bits) {
            return new ScalarCells(
                    bits,
                    DeclaredEvidence.BOOLEAN,
                    (row, out) -> bits.get(row) == 1 ? TokenKind.TRUE : TokenKind.FALSE);
        }
        if (vector instanceof Float8Vector doubles) {
            return new ScalarCells(doubles, DeclaredEvidence.DOUBLE, (row, out) -> floating(doubles.get(row), out));
        }
        if (vector instanceof Float4Vector floats) {
            return new ScalarCells(floats, DeclaredEvidence.DOUBLE, (row, out) -> floating(floats.get(row), out));
        }
        if (vector instanceof DecimalVector decimals) {
            return new ScalarCells(
                    decimals,
                    DeclaredEvidence.decimal(decimals.getPrecision(), decimals.getScale()),
                    (row, out) -> decimal(decimals, row, out));
        }
        if (vector instanceof TimeStampVector timestamps) {
            return new TimestampCells(
                    timestamps, (ArrowType.Timestamp) vector.getField().getType());
        }
        return nested(field, vector);
    }

    private static TokenKind floating(double value, Utf8Buffer out) {
        out.text(Double.toString(value));
        return Double.isFinite(value) ? TokenKind.NUMBER : TokenKind.STRING;
    }

    private static TokenKind decimal(DecimalVector vector, int row, Utf8Buffer out) throws RefusedFileException {
        java.math.BigDecimal value = vector.getObjectNotNull(row);
        if (value.precision() > vector.getPrecision()) {
            throw new RefusedFileException("column '" + vector.getName() + "' holds a decimal of more digits than the "
                    + vector.getPrecision() + " that it declares");
        }
        out.text(value.toPlainString());
        return TokenKind.NUMBER;
    }

    private Cells nested(Field field, FieldVector vector) throws RefusedFileException {
        if (vector instanceof MapVector map) {
            List<Cells> entry = children(field.getChildren().get(0), map.getDataVector());
            return new NestedCells.Maps(
                    map, entry.get(0), entry.get(1), map::getElementStartIndex, map::getElementEndIndex);
        }
        if (vector instanceof ListVector list) {
            return new NestedCells.Lists(
                    list, children(field, vector).get(0), list::getElementStartIndex, list::getElementEndIndex);
        }
        if (vector instanceof LargeListVector list) {
            return new NestedCells.Lists(
                    list,
                    children(field, vector).get(0),
                    row -> Math.toIntExact(list.getElementStartIndex(row)),
                    row -> Math.toIntExact(list.getElementEndIndex(row)));
        }
        if (vector instanceof FixedSizeListVector list) {
            return new NestedCells.Lists(
                    list, children(field, vector).get(0), list::getElementStartIndex, list::getElementEndIndex);
        }
        if (vector instanceof StructVector struct) {
            return new NestedCells.Structs(
                    struct, field.getChildren().stream().map(Field::getName).toList(), children(field, vector));
        }
        if (vector instanceof UnionVector union) {
            return new UnionCells(union, (ArrowType.Union) field.getType(), children(field, vector));
        }
        return PlainCells.of(vector);
    }

    private List<Cells> children(Field field, FieldVector vector) throws RefusedFileException {
        List<FieldVector> vectors = vector.getChildrenFromFields();
        List<Field> fields = field.getChildren();
        if (vectors.size() != fields.size()) {
            throw new RefusedFileException("column '" + vector.getName() + "' has two fields that Arrow takes for one");
        }
        List<Cells> children = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            children.add(of(fields.get(i), vectors.get(i)));
        }
        return children;
    }
}
