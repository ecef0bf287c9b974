package io.ghala.refresher.parts;

import io.ghala.model.TableSchema;
import io.ghala.refresher.index.Part;
import io.ghala.refresher.index.Part.Showing;
import io.ghala.refresher.index.PartIndex;
import io.ghala.refresher.index.PartIndexBuilder;
import io.ghala.refresher.index.RowOrigins;
import io.ghala.refresher.parts.PartPlan.NewPart;
import io.ghala.refresher.parts.PartPlan.Segment;
import io.ghala.snapshot.SnapshotPublisher.EncodedBlob;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.codec.BlobCodec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.memory.BufferAllocator;

/**
 * Builds parts: rows of tokens and rows of other parts become vectors of the table's types, and those become blobs of
 * at most 4 MiB.
 */
public final class BuildPart {
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
     * Builds one part. Of hidden rows nothing is stored but where they came from: their values may not even fit the
     * table's types, and a row that comes to show again is read again.
     *
     * @param origins shared by all parts of one plan
     * @param leftovers parts whose live files without rows are to be remembered in this part
     * @throws UnfitValueException when a value does not fit the type of its column
     * @throws io.ghala.snapshot.MissingBlobException or {@code CorruptSnapshotException} when rows of another part
     *     cannot be had
     */
    public Built build(NewPart part, TableSchema table, List<Part> leftovers, Origins origins) {
        PartIndex index = index(part, leftovers, origins);
        if (part.showing() == Showing.HIDDEN) {
            return new Built(List.of(), NO_COLUMNS, index);
        }
        TableSchema schema = PartColumns.of(part, table);
        PartSlices slices = new PartSlices(schema, snapshots, allocator, codec);
        part.segments().forEach(slices::add);
        slices.finish();
        return new Built(slices.blobs(), schema, index.withHashes(slices.hashes()));
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
}
