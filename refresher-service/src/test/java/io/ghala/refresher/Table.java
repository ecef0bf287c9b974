package io.ghala.refresher;

import io.ghala.model.Column;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.RefusedFile;
import io.ghala.snapshot.rows.SnapshotRows;
import io.ghala.snapshot.text.JsonRowText;
import io.ghala.snapshot.text.Utf8Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;

/** A table as it is published: its rows are read again from its blobs, sorted. */
record Table(TableSchema schema, List<String> rows, String rootHash, List<RefusedFile> refused) {
    String type(String column) {
        return schema.column(column).map(Column::type).orElseThrow().sql();
    }

    static Table of(Manifest manifest, io.ghala.snapshot.SnapshotReader snapshots) {
        List<String> rows = new ArrayList<>();
        try (RootAllocator allocator = new RootAllocator()) {
            new SnapshotRows(manifest, snapshots, allocator).read(root -> {
                JsonRowText text = new JsonRowText(root.getFieldVectors()
                        .subList(0, manifest.schema().columns().size()));
                for (int row = 0; row < root.getRowCount(); row++) {
                    Utf8Buffer out = new Utf8Buffer();
                    text.append(row, out);
                    rows.add(new String(out.toByteArray(), StandardCharsets.UTF_8));
                }
            });
        }
        rows.sort(null);
        return new Table(manifest.schema(), rows, manifest.rootHash(), manifest.refused());
    }

    /** A refresher of {@code folder}. */
    static Refresher files(Path folder) {
        return new Refresher(folder);
    }

    /** What the refresher has published. */
    static Table of(Refresher refresher) {
        return of(refresher.manifest(), refresher.snapshots);
    }

    /** The folder as a refresher that knows nothing makes it. */
    static Table cold(Path folder) throws IOException {
        try (Refresher refresher = new Refresher(folder)) {
            refresher.update();
            return of(refresher);
        }
    }
}
