package io.ghala.snapshot.text;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;

/**
 * Rows of vectors as RFC 4180 lines ending in CRLF: null is an empty cell, empty text is {@code ""}, nested values are
 * JSON text.
 */
public final class CsvRowText {
    private final List<CellText> cells = new ArrayList<>();

    /** {@code shapes} tell of each vector where it holds JSON text; vectors beyond them are of unknown shape. */
    public CsvRowText(List<FieldVector> vectors, List<JsonShape> shapes) {
        for (FieldVector vector : vectors) {
            JsonShape shape = cells.size() < shapes.size() ? shapes.get(cells.size()) : JsonShape.UNKNOWN;
            cells.add(CellText.of(vector, shape));
        }
    }

    public static void header(List<String> names, Utf8Buffer out) {
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                out.ascii(',');
            }
            int from = out.size();
            out.text(names.get(i));
            out.quoteCsvFrom(from, Utf8Buffer.Quoting.WHERE_NEEDED);
        }
        out.ascii('\r').ascii('\n');
    }

    public void append(int row, Utf8Buffer out) {
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                out.ascii(',');
            }
            if (!cells.get(i).isNull(row)) {
                int from = out.size();
                cells.get(i).plain(row, out);
                out.quoteCsvFrom(
                        from, out.size() == from ? Utf8Buffer.Quoting.ALWAYS : Utf8Buffer.Quoting.WHERE_NEEDED);
            }
        }
        out.ascii('\r').ascii('\n');
    }
}
