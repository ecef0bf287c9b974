package io.ghala.queryservice.fetch;

import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.PartRef;
import java.util.BitSet;
import java.util.List;

/**
 * A part of which the visible rows are loaded.
 *
 * @param number of the part among all that were ever loaded into its table in DuckDB
 * @param hidden its rows that are not loaded; never changed
 */
public record LoadedPart(int number, PartRef part, BitSet hidden) {

    /** What parts of successive versions are told apart by. */
    public static List<String> key(PartRef part) {
        return part.blobs().stream().map(BlobRef::key).toList();
    }

    /** The position of a row in {@link OriginColumns#POSITION}. */
    public long position(int row) {
        return ((long) number << Integer.SIZE) + row;
    }

    /** About the encoded size of so many of its rows. */
    public long bytes(long rows) {
        return part.rows() == 0 ? 0 : (long) ((double) part.bytes() * rows / part.rows());
    }
}
