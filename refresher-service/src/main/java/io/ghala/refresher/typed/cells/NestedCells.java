package io.ghala.refresher.typed.cells;

import io.ghala.refresher.typed.RefusedFileException;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.token.TokenKind;
import io.ghala.type.DeclaredEvidence;
import io.ghala.type.ValueEvidence;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.ValueVector;

/** Lists, structs and maps as compact JSON. */
final class NestedCells {
    private NestedCells() {}

    /** Where the elements of a row begin or end in the vector of all elements. */
    interface Bound {
        int of(int row);
    }

    static final class Lists extends Cells {
        private final ValueVector vector;
        private final Cells elements;
        private final Bound start;
        private final Bound end;

        Lists(ValueVector vector, Cells elements, Bound start, Bound end) {
            this.vector = vector;
            this.elements = elements;
            this.start = start;
            this.end = end;
        }

        @Override
        public boolean isNull(int row) {
            return vector.isNull(row);
        }

        @Override
        public TokenKind text(int row, Utf8Buffer out) throws RefusedFileException {
            int to = end.of(row);
            out.ascii('[');
            for (int i = start.of(row); i < to; i++) {
                elements.json(i, out);
                if (i + 1 < to) {
                    out.ascii(',');
                }
            }
            out.ascii(']');
            return TokenKind.NESTED;
        }

        @Override
        public ValueEvidence evidence() {
            return DeclaredEvidence.list(elements.evidence());
        }
    }

    static final class Structs extends Cells {
        private final ValueVector vector;
        private final List<String> names;
        private final List<byte[]> keys = new ArrayList<>();
        private final List<Cells> fields;

        Structs(ValueVector vector, List<String> names, List<Cells> fields) {
            this.vector = vector;
            this.names = List.copyOf(names);
            this.fields = List.copyOf(fields);
            names.forEach(name -> keys.add(new Utf8Buffer()
                    .jsonString(name.getBytes(StandardCharsets.UTF_8))
                    .ascii(':')
                    .toByteArray()));
        }

        @Override
        public boolean isNull(int row) {
            return vector.isNull(row);
        }

        @Override
        public TokenKind text(int row, Utf8Buffer out) throws RefusedFileException {
            out.ascii('{');
            for (int i = 0; i < fields.size(); i++) {
                if (i > 0) {
                    out.ascii(',');
                }
                out.raw(keys.get(i));
                fields.get(i).json(row, out);
            }
            out.ascii('}');
            return TokenKind.NESTED;
        }

        @Override
        public ValueEvidence evidence() {
            return DeclaredEvidence.struct(
                    names, fields.stream().map(Cells::evidence).toList());
        }
    }

    /** Maps; where a map has a key twice, the column is JSON. */
    static final class Maps extends Cells {
        private final ValueVector vector;
        private final Cells keys;
        private final Cells values;
        private final Bound start;
        private final Bound end;
        private final Utf8Buffer keyText = new Utf8Buffer();
        private boolean keyTwice;

        Maps(ValueVector vector, Cells keys, Cells values, Bound start, Bound end) {
            this.vector = vector;
            this.keys = keys;
            this.values = values;
            this.start = start;
            this.end = end;
        }

        @Override
        public boolean isNull(int row) {
            return vector.isNull(row);
        }

        @Override
        public TokenKind text(int row, Utf8Buffer out) throws RefusedFileException {
            int from = start.of(row);
            int to = end.of(row);
            Set<String> seen = new HashSet<>();
            out.ascii('{');
            for (int i = from; i < to; i++) {
                byte[] key = key(i);
                keyTwice |= to - from > 1 && !seen.add(new String(key, StandardCharsets.UTF_8));
                out.jsonString(key).ascii(':');
                values.json(i, out);
                if (i + 1 < to) {
                    out.ascii(',');
                }
            }
            out.ascii('}');
            return TokenKind.NESTED;
        }

        private byte[] key(int i) throws RefusedFileException {
            if (keys.isNull(i)) {
                throw new RefusedFileException("a map of column '" + vector.getName() + "' has a key that is null");
            }
            keyText.clear();
            TokenKind kind = keys.text(i, keyText);
            return switch (kind) {
                case TRUE -> "true".getBytes(StandardCharsets.US_ASCII);
                case FALSE -> "false".getBytes(StandardCharsets.US_ASCII);
                default -> keyText.toByteArray();
            };
        }

        @Override
        public ValueEvidence evidence() {
            ValueEvidence declared = DeclaredEvidence.map(values.evidence());
            return keyTwice ? declared.join(DeclaredEvidence.JSON) : declared;
        }
    }
}
