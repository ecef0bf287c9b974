package io.ghala.snapshot;

import io.ghala.model.TableSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An immutable run of rows. Its blobs never change and their keys are never used for anything else, so equal blobs of
 * successive versions are equal rows; only which of the rows are hidden changes from version to version.
 *
 * @param contentHash 32 hexadecimal digits over the values of all its rows, hidden ones too
 * @param schema the visible columns that its blobs have. A column of the table that is not among them is null in every
 *     row of the part; one of a narrower type is cast, see {@link io.ghala.snapshot.arrow.PartCasts}
 * @param rows rows in its blobs
 * @param visibleRows rows that are not hidden
 * @param bytes sum over its blobs
 * @param deletes the hidden rows as a {@link DeletionVector}; absent when all rows are visible
 * @param books what the refresher needs to go on from this part
 */
public record PartRef(
        String contentHash,
        TableSchema schema,
        long rows,
        long visibleRows,
        long bytes,
        List<BlobRef> blobs,
        Optional<BlobRef> deletes,
        Books books) {

    public PartRef {
        blobs = List.copyOf(blobs);
        long blobRows = blobs.stream().mapToLong(BlobRef::rows).sum();
        if (blobRows != rows || visibleRows < 0 || visibleRows > rows) {
            throw new CorruptSnapshotException("a part says " + rows + " rows, " + visibleRows
                    + " of them visible, but its blobs hold " + blobRows);
        }
        if (deletes.isPresent() != (visibleRows < rows)) {
            throw new CorruptSnapshotException(
                    "a part with " + visibleRows + " of " + rows + " rows visible must name its hidden rows");
        }
    }

    /**
     * The refresher's own account of a part; other readers leave it alone.
     *
     * @param index which file and which write each row came from, and row ids, in pieces that belong end to end; it
     *     never changes
     * @param marks which rows and files have gone from the part since; absent when none has
     */
    public record Books(List<BlobRef> index, Optional<BlobRef> marks) {

        public static final Books NONE = new Books(List.of(), Optional.empty());

        public Books {
            index = List.copyOf(index);
        }
    }

    /** Every blob that the part names: rows, hidden rows and books. */
    public List<BlobRef> allBlobs() {
        List<BlobRef> all = new ArrayList<>(blobs);
        deletes.ifPresent(all::add);
        all.addAll(books.index());
        books.marks().ifPresent(all::add);
        return all;
    }
}
