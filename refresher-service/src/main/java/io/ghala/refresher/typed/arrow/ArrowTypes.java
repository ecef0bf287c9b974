package io.ghala.refresher.typed.arrow;

import io.ghala.model.ColumnType.DecimalType;
import io.ghala.refresher.typed.RefusedFileException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** The closed list of Arrow types that are read, checked on a file's schema before anything is made of it. */
final class ArrowTypes {
    private static final int DECIMAL_BITS = 128;
    private static final int MOST_DEPTH = 64;
    private static final Set<ArrowType.ArrowTypeID> READ = Set.of(
            ArrowType.ArrowTypeID.Null,
            ArrowType.ArrowTypeID.Bool,
            ArrowType.ArrowTypeID.Int,
            ArrowType.ArrowTypeID.FloatingPoint,
            ArrowType.ArrowTypeID.Decimal,
            ArrowType.ArrowTypeID.Utf8,
            ArrowType.ArrowTypeID.LargeUtf8,
            ArrowType.ArrowTypeID.Utf8View,
            ArrowType.ArrowTypeID.Binary,
            ArrowType.ArrowTypeID.LargeBinary,
            ArrowType.ArrowTypeID.BinaryView,
            ArrowType.ArrowTypeID.FixedSizeBinary,
            ArrowType.ArrowTypeID.Date,
            ArrowType.ArrowTypeID.Time,
            ArrowType.ArrowTypeID.Timestamp,
            ArrowType.ArrowTypeID.Interval,
            ArrowType.ArrowTypeID.Duration,
            ArrowType.ArrowTypeID.List,
            ArrowType.ArrowTypeID.LargeList,
            ArrowType.ArrowTypeID.FixedSizeList,
            ArrowType.ArrowTypeID.Struct,
            ArrowType.ArrowTypeID.Map,
            ArrowType.ArrowTypeID.Union);

    private ArrowTypes() {}

    static void check(List<Field> fields) throws RefusedFileException {
        for (Field field : fields) {
            check(field, field.getName(), 0);
        }
    }

    private static void check(Field field, String column, int depth) throws RefusedFileException {
        ArrowType type = field.getType();
        if (depth > MOST_DEPTH) {
            throw new RefusedFileException(
                    "column '" + column + "' is nested more than " + MOST_DEPTH + " levels deep");
        }
        if (!READ.contains(type.getTypeID()) || !allowed(type)) {
            throw new RefusedFileException("column '" + column + "' has the Arrow type " + type
                    + ", which is not read: write it as another type, for example text");
        }
        requireChildren(field, column);
        for (Field child : field.getChildren()) {
            check(child, column, depth + 1);
        }
    }

    private static boolean allowed(ArrowType type) {
        if (type instanceof ArrowType.FloatingPoint number) {
            return number.getPrecision() != FloatingPointPrecision.HALF;
        }
        if (type instanceof ArrowType.Decimal decimal) {
            return decimal.getBitWidth() == DECIMAL_BITS
                    && decimal.getPrecision() >= 1
                    && decimal.getPrecision() <= DecimalType.MAX_PRECISION
                    && decimal.getScale() >= 0
                    && decimal.getScale() <= decimal.getPrecision();
        }
        if (type instanceof ArrowType.Union union) {
            return union.getMode() == UnionMode.Sparse;
        }
        if (type instanceof ArrowType.FixedSizeList list) {
            return list.getListSize() >= 0;
        }
        return !(type instanceof ArrowType.FixedSizeBinary binary) || binary.getByteWidth() >= 0;
    }

    private static void requireChildren(Field field, String column) throws RefusedFileException {
        List<Field> children = field.getChildren();
        boolean fits =
                switch (field.getType().getTypeID()) {
                    case List, LargeList, FixedSizeList -> children.size() == 1;
                    case Map ->
                        children.size() == 1
                                && children.get(0).getType() instanceof ArrowType.Struct
                                && children.get(0).getChildren().size() == 2;
                    case Struct -> distinctNames(children);
                    case Union -> !children.isEmpty() && distinctNames(children);
                    default -> children.isEmpty();
                };
        if (!fits) {
            throw new RefusedFileException("column '" + column + "' of Arrow type " + field.getType()
                    + " has fields that this type cannot have, or two of one name");
        }
    }

    private static boolean distinctNames(List<Field> fields) {
        Set<String> names = new HashSet<>();
        return fields.stream().allMatch(field -> names.add(field.getName()));
    }
}
