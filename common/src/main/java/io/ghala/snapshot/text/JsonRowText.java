package io.ghala.snapshot.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/** Rows of vectors as JSON objects. Made anew for each batch of vectors. */
public final class JsonRowText {
    private final List<byte[]> keys = new ArrayList<>();
    private final List<CellText> cells = new ArrayList<>();

    public JsonRowText(List<FieldVector> vectors) {
        this(vectors, List.of());
    }

    /** {@code shapes} tell of each vector where it holds JSON text; vectors beyond them are of unknown shape. */
    public JsonRowText(List<FieldVector> vectors, List<JsonShape> shapes) {
        for (FieldVector vector : vectors) {
            JsonShape shape = cells.size() < shapes.size() ? shapes.get(cells.size()) : JsonShape.UNKNOWN;
            keys.add(key(vector.getName()));
            cells.add(CellText.of(vector, shape));
        }
    }

    /** A name as a key with its colon. */
    static byte[] key(String name) {
        return new Utf8Buffer()
                .jsonString(name.getBytes(StandardCharsets.UTF_8))
                .ascii(':')
                .toByteArray();
    }

    public void append(int row, Utf8Buffer out) {
        out.ascii('{');
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.ascii(',');
            }
            out.raw(keys.get(i));
            cells.get(i).json(row, out);
        }
        out.ascii('}');
    }
}
