package io.ghala.refresher.build;

import io.ghala.model.Column;
import io.ghala.model.StreamId;
import io.ghala.model.TableSchema;
import io.ghala.refresher.build.PartPlan.Segment;
import io.ghala.refresher.index.RowData;
import io.ghala.refresher.read.RowBatch;
import io.ghala.refresher.read.SourceRows;
import io.ghala.refresher.read.TokenColumn;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.SnapshotPublisher.EncodedBlob;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.arrow.ArrowSchemas;
import io.ghala.snapshot.arrow.VectorCopy;
import io.ghala.snapshot.codec.BlobCodec;
import io.ghala.snapshot.hash.RowHashes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;

/** Fills vectors with the rows of segments, one after the other, and encodes them as blobs of at most 4 MiB as they are full. */
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
        int[] sources = new int[to - from];
        int[] batchRows = new int[to - from];
        int source = 0;
        for (int i = from; i < to; i++) {
            int row = segment.rows()[i];
            source = fresh.sourceOf(row, source);
            sources[i - from] = source;
            batchRows[i - from] = fresh.rowInBatch(row, source);
        }
        List<Column> columns = schema.columns();
        for (int c = 0; c < columns.size(); c++) {
            fillColumn(columns.get(c), out.getVector(c), fresh, sources, batchRows);
        }
        fillProvenance(fresh, sources);
    }

    private void fillColumn(Column column, FieldVector vector, RowData.Fresh fresh, int[] sources, int[] batchRows) {
        FillColumn fill = new FillColumn(column, vector);
        @Nullable RowBatch batch = null;
        @Nullable TokenColumn tokens = null;
        for (int i = 0; i < sources.length; i++) {
            SourceRows source = fresh.sources().get(sources[i]);
            if (source.batch() != batch) {
                batch = source.batch();
                tokens = batch.column(column.foldedName());
            }
            if (tokens != null && source.rows() > 0) {
                fill.set(rows + i, tokens, batchRows[i], source.file());
            }
        }
    }

    private void fillProvenance(RowData.Fresh fresh, int[] sources) {
        VarCharVector files = (VarCharVector) out.getVector(schema.columns().size());
        VarCharVector versions = (VarCharVector) out.getVector(schema.columns().size() + 1);
        byte[] name = {};
        int named = -1;
        for (int i = 0; i < sources.length; i++) {
            SourceRows source = fresh.sources().get(sources[i]);
            if (sources[i] != named) {
                named = sources[i];
                name = source.file().getBytes(StandardCharsets.UTF_8);
            }
            files.setSafe(rows + i, name);
            Optional<StreamId> version = source.op().map(SourceRows.Op::streamId);
            if (version.isPresent()) {
                versions.setSafe(rows + i, version.get().toString().getBytes(StandardCharsets.US_ASCII));
            }
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
