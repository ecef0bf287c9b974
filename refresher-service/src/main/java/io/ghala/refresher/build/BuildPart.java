package io.ghala.refresher.build;

import io.ghala.model.Column;
import io.ghala.model.StreamId;
import io.ghala.model.TableSchema;
import io.ghala.refresher.build.PartPlan.NewPart;
import io.ghala.refresher.build.PartPlan.Segment;
import io.ghala.refresher.index.Part;
import io.ghala.refresher.index.Part.Showing;
import io.ghala.refresher.index.PartIndex;
import io.ghala.refresher.index.PartIndexBuilder;
import io.ghala.refresher.index.RowData;
import io.ghala.refresher.index.RowOrigins;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/** Builds parts: rows of tokens and rows of other parts become vectors of the table's types, and those become blobs of at most 4 MiB. */
public final class BuildPart {
    private static final int MOST_ROWS = 1 << 16;
    private static final double TARGET_BYTES = BlobRef.MAX_BYTES * 0.9;
    private static final int FIXED_BYTES = 8;
    private static final TableSchema NO_COLUMNS = new TableSchema(List.of());
    private final SnapshotReader snapshots;
    private final BufferAllocator allocator;
    private final BlobCodec codec;

    public BuildPart(SnapshotReader snapshots, BufferAllocator allocator, BlobCodec codec) {
        this.snapshots = snapshots;
        this.allocator = allocator;
        this.codec = codec;
    }

    /** A part that is built: its blobs in row order, the columns they have, and where each row came from. */
    public record Built(List<EncodedBlob> blobs, TableSchema schema, PartIndex index) {
        public Built {
            blobs = List.copyOf(blobs);
        }
    }

    /**
     * Builds one part. Of hidden rows nothing is stored but where they came from: their values may not even fit the table's types, and a
     * row that comes to show again is read again.
     *
     * @param origins shared by all parts of one plan
     * @param leftovers parts whose live files without rows are to be remembered in this part
     * @throws UnfitValueException when a value does not fit the type of its column
     * @throws io.ghala.snapshot.MissingBlobException or {@code CorruptSnapshotException} when rows of another part cannot be had
     */
    public Built build(NewPart part, TableSchema table, List<Part> leftovers, Origins origins) {
        PartIndex index = index(part, leftovers, origins);
        if (part.showing() == Showing.HIDDEN) {
            return new Built(List.of(), NO_COLUMNS, index);
        }
        TableSchema schema = PartColumns.of(part, table);
        Slices slices = new Slices(schema);
        part.segments().forEach(slices::add);
        slices.finish();
        return new Built(slices.blobs, schema, index.withHashes(slices.hashes()));
    }

    private static PartIndex index(NewPart part, List<Part> leftovers, Origins origins) {
        PartIndexBuilder index = new PartIndexBuilder(part.rows());
        for (Segment segment : part.segments()) {
            origins.of(segment.part()).copy(segment.rows(), index);
        }
        for (Part leftover : leftovers) {
            leftover.filesWithoutRows().forEach(index::file);
        }
        return index.build();
    }

    /** The origins of the parts that go up in new ones, each found once for all of these. */
    public static final class Origins {
        private final Map<Part, RowOrigins> known = new ConcurrentHashMap<>();

        RowOrigins of(Part part) {
            return known.computeIfAbsent(part, one -> new RowOrigins(one.index()));
        }
    }

    /** Fills vectors with the rows of segments and encodes them as they are full. */
    private final class Slices {
        private final TableSchema schema;
        private final List<EncodedBlob> blobs = new ArrayList<>();
        private long[] hashes = new long[1024];
        private int hashed;
        private VectorSchemaRoot out;
        private int rows;
        private double bytes;

        Slices(TableSchema schema) {
            this.schema = schema;
            this.out = fresh();
        }

        private VectorSchemaRoot fresh() {
            rows = 0;
            bytes = 0;
            return VectorSchemaRoot.create(ArrowSchemas.schema(schema.storedColumns()), allocator);
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
                    out = fresh();
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
            int[] sources = sources(fresh, segment, from, to);
            List<Column> columns = schema.columns();
            for (int c = 0; c < columns.size(); c++) {
                FillColumn fill = new FillColumn(columns.get(c), out.getVector(c));
                String name = columns.get(c).foldedName();
                for (int i = from; i < to; i++) {
                    int source = sources[i - from];
                    SourceRows rowsOf = fresh.sources().get(source);
                    TokenColumn tokens = rowsOf.batch().column(name);
                    if (tokens != null && rowsOf.rows() > 0) {
                        int row = rowsOf.firstRow() + segment.rows()[i] - fresh.firstRows()[source];
                        fill.set(rows + i - from, tokens, row, rowsOf.file());
                    }
                }
            }
            fillProvenance(fresh, sources);
        }

        private void fillProvenance(RowData.Fresh fresh, int[] sources) {
            VarCharVector files = (VarCharVector) out.getVector(schema.columns().size());
            VarCharVector versions =
                    (VarCharVector) out.getVector(schema.columns().size() + 1);
            for (int i = 0; i < sources.length; i++) {
                SourceRows source = fresh.sources().get(sources[i]);
                files.setSafe(rows + i, source.file().getBytes(StandardCharsets.UTF_8));
                Optional<StreamId> version = source.op().map(SourceRows.Op::streamId);
                if (version.isPresent()) {
                    versions.setSafe(rows + i, version.get().toString().getBytes(StandardCharsets.US_ASCII));
                }
            }
        }

        /** Which source each row of the segment is of. */
        private static int[] sources(RowData.Fresh fresh, Segment segment, int from, int to) {
            int[] sources = new int[to - from];
            int source = -1;
            for (int i = from; i < to; i++) {
                int row = segment.rows()[i];
                if (source < 0 || (source + 1 < fresh.firstRows().length && fresh.firstRows()[source + 1] <= row)) {
                    source = last(fresh.firstRows(), row, Math.max(0, source));
                }
                sources[i - from] = source;
            }
            return sources;
        }

        /** The last of {@code firstRows} from {@code from} on that is not beyond {@code row}. Sources without rows share their first row with the next. */
        private static int last(int[] firstRows, int row, int from) {
            int low = from;
            int high = firstRows.length;
            while (high - low > 1) {
                int middle = (low + high) >>> 1;
                if (firstRows[middle] <= row) {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            return low;
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
    }
}
