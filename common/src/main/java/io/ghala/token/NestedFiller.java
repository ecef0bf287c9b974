package io.ghala.token;

import io.ghala.model.Column;
import io.ghala.model.ColumnType.ListType;
import io.ghala.model.ColumnType.MapType;
import io.ghala.model.ColumnType.StructType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;

/** Casts arrays and objects to nested types, which know how their elements are cast. */
final class NestedFiller {
    private NestedFiller() {}

    static final class OfList extends VectorFiller {
        private final ListVector vector;
        private final VectorFiller element;

        OfList(ListVector vector, ListType type) {
            this.vector = vector;
            this.element = VectorFiller.of(type.element(), vector.getDataVector());
        }

        @Override
        public void set(int row, Token token) {
            if (!(token instanceof Token.ArrayToken array)) {
                throw new IllegalArgumentException("it is no array");
            }
            int at = vector.startNewValue(row);
            for (Token value : array.elements()) {
                if (VectorFiller.isNull(value)) {
                    vector.getDataVector().setNull(at);
                } else {
                    element.set(at, value);
                }
                at++;
            }
            vector.endValue(row, array.elements().size());
        }
    }

    static final class OfStruct extends VectorFiller {
        private final StructVector vector;
        private final List<VectorFiller> fields = new ArrayList<>();
        private final List<FieldVector> children;
        private final Map<String, Integer> positions = new HashMap<>();

        OfStruct(StructVector vector, StructType type) {
            this.vector = vector;
            this.children = vector.getChildrenFromFields();
            for (Column field : type.fields()) {
                positions.put(field.foldedName(), fields.size());
                fields.add(VectorFiller.of(field.type(), children.get(fields.size())));
            }
        }

        @Override
        public void set(int row, Token token) {
            if (!(token instanceof Token.ObjectToken object)) {
                throw new IllegalArgumentException("it is no object");
            }
            vector.setIndexDefined(row);
            for (Token.Field field : object.fields()) {
                Integer position = positions.get(Column.fold(field.name()));
                if (position == null) {
                    throw new IllegalArgumentException("it has a field '" + field.name() + "' that the type has not");
                }
                if (!VectorFiller.isNull(field.value())) {
                    fields.get(position).set(row, field.value());
                }
            }
        }
    }

    static final class OfMap extends VectorFiller {
        private final MapVector vector;
        private final StructVector entries;
        private final VarCharVector keys;
        private final VectorFiller values;

        OfMap(MapVector vector, MapType type) {
            this.vector = vector;
            this.entries = (StructVector) vector.getDataVector();
            this.keys = (VarCharVector) entries.getChildrenFromFields().get(0);
            this.values = VectorFiller.of(
                    type.value(), entries.getChildrenFromFields().get(1));
        }

        @Override
        public void set(int row, Token token) {
            if (!(token instanceof Token.ObjectToken object)) {
                throw new IllegalArgumentException("it is no object");
            }
            int at = vector.startNewValue(row);
            for (Token.Field field : object.fields()) {
                entries.setIndexDefined(at);
                keys.setSafe(at, field.name().getBytes(StandardCharsets.UTF_8));
                if (!VectorFiller.isNull(field.value())) {
                    values.set(at, field.value());
                }
                at++;
            }
            vector.endValue(row, object.fields().size());
        }
    }
}
