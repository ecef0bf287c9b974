package io.ghala.refresher.parts;

import io.ghala.arrow.ArrowSchemas;
import io.ghala.model.Column;
import io.ghala.model.StreamId;
import io.ghala.model.TableSchema;
import io.ghala.refresher.index.RowData;
import io.ghala.refresher.parts.PartPlan.Segment;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.SnapshotPublisher.EncodedBlob;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.arrow.VectorCopy;
import io.ghala.snapshot.codec.BlobCodec;
import io.ghala.snapshot.hash.RowHashes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Fills vectors with the rows of segments, one after the other, and encodes them as blobs of at most 4 MiB as they are
 * full.
 */
final class PartSlices {
    private static final int MOST_ROWS = 1 << 16;
    private static final double TARGET_BYTES = BlobRef.MAX_BYTES * 0.9;
    private static final int FIXED_BYTES = 8;
    private final TableSchema schema;
    private final SnapshotReader snapshots;
    private final BufferAllocator allocator;
    private final BlobCodec codec;
    private final List<EncodedBlob> blobs = new ArrayList<>();
    private long[] hashes = new long[1024];
    private int hashed;
    private VectorSchemaRoot out;
    private int rows;
    private double bytes;

    PartSlices(TableSchema schema, SnapshotReader snapshots, BufferAllocator allocator, BlobCodec codec) {
        this.schema = schema;
        this.snapshots = snapshots;
        this.allocator = allocator;
        this.codec = codec;
        this.out = VectorSchemaRoot.create(ArrowSchemas.schema(schema.storedColumns()), allocator);
    }

    private void begin() {
        rows = 0;
        bytes = 0;
        out = VectorSchemaRoot.create(ArrowSchemas.schema(schema.storedColumns()), allocator);
    }

    void add(Segment segment) {
        double perRow = RowBytes.perRow(segment.part()) + FIXED_BYTES;
        int from = 0;
        while (from < segment.rows().length) {
            int room = (int) Math.max(1, Math.min(MOST_ROWS - rows, (TARGET_BYTES - bytes) / perRow));
            int to = Math.min(segment.rows().length, from + room);
            fill(segment, from, to);
            rows += to - from;
            bytes += (to - from) * perRow;
            from = to;
            if (rows >= MOST_ROWS || bytes + perRow > TARGET_BYTES) {
                flush();
                begin();
            }
        }
    }

    private void fill(Segment segment, int from, int to) {
        try {
            segment.part().data().accept(new RowData.Visitor<Boolean>() {
                @Override
                public Boolean stored(RowData.Stored stored) {
                    copyStored(stored, segment, from, to);
                    return true;
                }

                @Override
                public Boolean fresh(RowData.Fresh fresh) {
                    fillTokens(fresh, segment, from, to);
                    return true;
                }
            });
        } catch (RuntimeException e) {
            out.close();
            throw e;
        }
    }

    private void copyStored(RowData.Stored stored, Segment segment, int from, int to) {
        try (StoredBlobs source = new StoredBlobs(stored.ref(), snapshots, codec, allocator)) {
            int at = from;
            while (at < to) {
                VectorSchemaRoot vectors = source.at(segment.rows()[at]);
                VectorCopy copy = new VectorCopy(vectors, source.schema(), out, schema);
                for (; at < to && segment.rows()[at] < source.end(); at++) {
                    copy.copy(segment.rows()[at] - source.first(), rows + at - from);
                }
            }
        }
    }

    private void fillTokens(RowData.Fresh fresh, Segment segment, int from, int to) {
        RowRuns tokens = new RowRuns(fresh, segment.rows(), from, to);
        List<Column> columns = schema.columns();
        for (int c = 0; c < columns.size(); c++) {
            new FillColumn(columns.get(c), out.getVector(c)).set(rows, tokens);
        }
        fillProvenance(tokens);
    }

    private void fillProvenance(RowRuns tokens) {
        VarCharVector files = (VarCharVector) out.getVector(schema.columns().size());
        VarCharVector versions = (VarCharVector) out.getVector(schema.columns().size() + 1);
        byte[] name = {};
        for (int i = 0; i < tokens.count(); i++) {
            if (!tokens.sameSource(i)) {
                name = tokens.source(i).file().getBytes(StandardCharsets.UTF_8);
            }
            files.setSafe(rows + i, name);
            fillVersion(tokens.source(i), versions, rows + i);
        }
    }

    private static void fillVersion(SourceRows source, VarCharVector versions, int row) {
        if (source.op().isPresent()) {
            StreamId version = source.op().get().streamId();
            versions.setSafe(row, version.toString().getBytes(StandardCharsets.US_ASCII));
        }
    }

    void finish() {
        if (rows > 0 || blobs.isEmpty()) {
            flush();
        } else {
            out.close();
        }
    }

    private void flush() {
        try (VectorSchemaRoot full = out) {
            full.setRowCount(rows);
            long[] more = RowHashes.of(full);
            hashes = Arrays.copyOf(hashes, Math.max(hashes.length, 2 * (hashed + more.length)));
            System.arraycopy(more, 0, hashes, hashed, more.length);
            hashed += more.length;
            encode(full);
        }
    }

    private void encode(VectorSchemaRoot full) {
        byte[] encoded = codec.encode(full);
        int count = full.getRowCount();
        if (encoded.length <= BlobRef.MAX_BYTES || count <= 1) {
            blobs.add(new EncodedBlob(encoded, count));
            return;
        }
        int middle = count / 2;
        try (VectorSchemaRoot half = full.slice(0, middle)) {
            encode(half);
        }
        try (VectorSchemaRoot half = full.slice(middle, count - middle)) {
            encode(half);
        }
    }

    long[] hashes() {
        return Arrays.copyOf(hashes, hashed);
    }

    List<EncodedBlob> blobs() {
        return List.copyOf(blobs);
    }
}
