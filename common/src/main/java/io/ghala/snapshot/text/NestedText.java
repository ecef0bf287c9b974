package io.ghala.snapshot.text;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;

/** The text of nested values: lists are JSON arrays, structs and maps are JSON objects. */
final class NestedText {
    private NestedText() {}

    static final class OfList extends CellText {
        private final ListVector list;
        private final CellText element;

        OfList(ListVector list, JsonShape shape) {
            super(list);
            this.list = list;
            this.element = CellText.of(list.getDataVector(), shape.child(0));
        }

        @Override
        void value(int row, Utf8Buffer out) {
            out.ascii('[');
            int end = list.getElementEndIndex(row);
            for (int i = list.getElementStartIndex(row); i < end; i++) {
                element.json(i, out);
                if (i + 1 < end) {
                    out.ascii(',');
                }
            }
            out.ascii(']');
        }
    }

    static final class OfStruct extends CellText {
        private final List<byte[]> names = new ArrayList<>();
        private final List<CellText> fields = new ArrayList<>();

        OfStruct(StructVector struct, JsonShape shape) {
            super(struct);
            for (FieldVector child : struct.getChildrenFromFields()) {
                names.add(JsonRowText.key(child.getName()));
                fields.add(CellText.of(child, shape.child(fields.size())));
            }
        }

        @Override
        void value(int row, Utf8Buffer out) {
            out.ascii('{');
            for (int i = 0; i < fields.size(); i++) {
                if (i > 0) {
                    out.ascii(',');
                }
                out.raw(names.get(i));
                fields.get(i).json(row, out);
            }
            out.ascii('}');
        }
    }

    static final class OfMap extends CellText {
        private final MapVector map;
        private final CellText key;
        private final CellText value;

        OfMap(MapVector map, JsonShape shape) {
            super(map);
            this.map = map;
            List<FieldVector> entry = ((StructVector) map.getDataVector()).getChildrenFromFields();
            this.key = CellText.of(entry.get(0));
            this.value = CellText.of(entry.get(1), shape.child(1));
        }

        @Override
        void value(int row, Utf8Buffer out) {
            out.ascii('{');
            int end = map.getElementEndIndex(row);
            for (int i = map.getElementStartIndex(row); i < end; i++) {
                Utf8Buffer name = new Utf8Buffer();
                key.plain(i, name);
                out.jsonString(name.toByteArray()).ascii(':');
                value.json(i, out);
                if (i + 1 < end) {
                    out.ascii(',');
                }
            }
            out.ascii('}');
        }
    }
}
