package io.ghala.queryservice.fetch;

import io.ghala.arrow.ArrowSchemas;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.codec.BlobCodecs;
import io.ghala.snapshot.codec.BlobRows;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Fetches blobs and turns them into one {@link StoredBatch}. For several threads. */
final class DecodeBlobs {
    private final SnapshotReader snapshots;
    private final SnapshotFormat format;
    private final List<Field> stored;
    private final int file;
    private final Schema schema;
    private final BufferAllocator allocator;

    DecodeBlobs(SnapshotReader snapshots, SnapshotFormat format, TableSchema part, BufferAllocator allocator) {
        this.snapshots = snapshots;
        this.format = format;
        this.stored = ArrowSchemas.schema(part.storedColumns()).getFields();
        this.file = part.columns().size();
        List<Field> fields = new ArrayList<>();
        for (int column = 0; column < stored.size(); column++) {
            if (column != file) {
                Field field = stored.get(column);
                fields.add(new Field("s" + column, field.getFieldType(), field.getChildren()));
            }
        }
        fields.addAll(OriginColumns.FIELDS);
        this.schema = new Schema(fields);
        this.allocator = allocator;
    }

    /** Of the rows: the stored columns but the file as {@code s0, s1, …}, and the columns of {@link OriginColumns}. */
    Schema schema() {
        return schema;
    }

    /**
     * The rows of all blobs in order, for the caller to close.
     *
     * @throws io.ghala.snapshot.MissingBlobException when one is gone
     * @throws CorruptSnapshotException when one is damaged
     */
    StoredBatch decode(List<PartBlob> blobs) {
        List<byte[]> bytes = snapshots.blobs(blobs.stream().map(PartBlob::blob).toList());
        List<BlobRows> rows = new ArrayList<>(blobs.size());
        try (FileRuns runs = new FileRuns(allocator);
                ColumnBuffers joined = new ColumnBuffers(allocator)) {
            for (int i = 0; i < blobs.size(); i++) {
                rows.add(rows(blobs.get(i), bytes.get(i)));
            }
            int count = rows.stream().mapToInt(BlobRows::rows).sum();
            OriginColumns origins = new OriginColumns(count);
            JoinColumns columns = new JoinColumns(rows, joined);
            for (int column = 0; column < stored.size(); column++) {
                if (column == file) {
                    for (int i = 0; i < blobs.size(); i++) {
                        origins.add(blobs.get(i), columns.text(i), runs);
                    }
                    columns.skip(stored.get(column));
                } else {
                    columns.join(stored.get(column));
                }
            }
            origins.write(joined);
            return new StoredBatch(joined.batch(count), runs.batch());
        } finally {
            rows.forEach(BlobRows::close);
        }
    }

    private BlobRows rows(PartBlob from, byte[] bytes) {
        BlobRows rows = BlobCodecs.of(format).rows(bytes, from.part().part().schema(), allocator);
        if (rows.rows() != from.blob().rows()) {
            rows.close();
            throw new CorruptSnapshotException("blob " + from.blob().key() + " has " + rows.rows()
                    + " rows, its manifest says " + from.blob().rows());
        }
        return rows;
    }
}
