package io.ghala.refresher;

import io.ghala.config.ConfigLoader;
import io.ghala.model.Column;
import io.ghala.model.TableSchema;
import io.ghala.refresher.build.BuildParts;
import io.ghala.refresher.build.BuildParts.Built;
import io.ghala.refresher.fold.FoldTable;
import io.ghala.refresher.fold.Folded;
import io.ghala.refresher.type.TypeOf;
import io.ghala.snapshot.RefusedFile;
import io.ghala.snapshot.SnapshotFormat;
import io.ghala.snapshot.SnapshotPublisher.EncodedBlob;
import io.ghala.snapshot.codec.BlobCodecs;
import io.ghala.snapshot.text.JsonRowText;
import io.ghala.snapshot.text.Utf8Buffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A table as the refresher makes it of a folder, decoded again from its blobs. */
record Table(TableSchema schema, List<String> rows, String rootHash, List<RefusedFile> refused) {
    String type(String column) {
        return schema.column(column).map(Column::type).orElseThrow().sql();
    }

    /** A reader of {@code folder} for which every file is old enough to be whole. */
    static TableFiles files(Path folder) {
        return new TableFiles(
                folder, ConfigLoader.of(Map.of()).load(0), Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));
    }

    static Table of(TableFiles files) {
        Folded folded = FoldTable.fold(files.sources(), files.settings().keyColumn());
        TableSchema schema = TypeOf.schema(
                folded.evidence(),
                files.settings().keyColumn(),
                files.settings().pinned());
        try (RootAllocator allocator = new RootAllocator()) {
            Built built = new BuildParts(allocator, BlobCodecs.of(SnapshotFormat.ARROW)).build(folded, schema);
            List<String> rows = new ArrayList<>();
            for (EncodedBlob blob : built.blobs()) {
                try (VectorSchemaRoot root =
                        BlobCodecs.of(SnapshotFormat.ARROW).decode(blob.bytes(), schema, allocator)) {
                    List<FieldVector> visible =
                            root.getFieldVectors().subList(0, schema.columns().size());
                    JsonRowText text = new JsonRowText(visible);
                    for (int row = 0; row < root.getRowCount(); row++) {
                        Utf8Buffer out = new Utf8Buffer();
                        text.append(row, out);
                        rows.add(new String(out.toByteArray(), StandardCharsets.UTF_8));
                    }
                }
            }
            return new Table(schema, rows, built.rootHash(), files.refused());
        }
    }
}
