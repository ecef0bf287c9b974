package io.ghala.refresher.index;

import io.ghala.model.KeyColumn;
import io.ghala.model.RowId;
import io.ghala.model.StreamId;
import io.ghala.refresher.detect.FileStamp;
import io.ghala.refresher.index.FreshPart.ReadFile;
import io.ghala.refresher.rows.RowBatch;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.token.TokenKind;
import io.ghala.type.TableEvidence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files with rows of which only the ids matter, as reading hands them over. */
public final class Rows {
    private Rows() {}

    private static KnownFile known(String file) {
        return new KnownFile(file, new FileStamp(file.length(), 1), 2, TableEvidence.NOTHING);
    }

    /** A plain file with a row for each id. */
    public static ReadFile plain(String file, String... ids) {
        RowBatch batch = new RowBatch();
        for (String id : ids) {
            batch.put("id", TokenKind.STRING, id);
            batch.endRow();
        }
        SourceRows rows = new SourceRows(file, batch, 0, ids.length, TableEvidence.NOTHING, Optional.empty());
        return new ReadFile(known(file), List.of(rows));
    }

    /** An op file with one write. */
    public static ReadFile write(String file, String id, long stream, SourceRows.Kind kind) {
        RowBatch batch = new RowBatch();
        if (kind == SourceRows.Kind.UPSERT) {
            batch.put("id", TokenKind.STRING, id);
            batch.endRow();
        }
        SourceRows.Op op = new SourceRows.Op(new RowId(id), new StreamId(stream, 0), kind);
        SourceRows rows = new SourceRows(file, batch, 0, batch.rows(), TableEvidence.NOTHING, Optional.of(op));
        return new ReadFile(known(file), List.of(rows));
    }

    public static Part fresh(List<ReadFile> files) {
        return FreshPart.of(files, new KeyColumn("id"));
    }

    /** The files of the rows that show, a name for each row, sorted. */
    static List<String> showing(TableIndex index) {
        List<String> files = new ArrayList<>();
        for (Part part : index.parts()) {
            for (int row = 0; row < part.index().rows(); row++) {
                if (part.visible(row)) {
                    files.add(part.index().files().get(part.index().fileOf(row)).name());
                }
            }
        }
        files.sort(null);
        return files;
    }
}
