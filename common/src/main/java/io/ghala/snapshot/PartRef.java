package io.ghala.snapshot;

import java.util.List;

/**
 * An immutable run of rows. {@code contentHash} (32 hexadecimal digits, XXH3-128 or the like, of the rows' values) knows it again whatever
 * keys its blobs have; equal parts of successive versions keep their blobs.
 */
public record PartRef(String contentHash, long rows, long bytes, List<BlobRef> blobs) {
    public PartRef {
        blobs = List.copyOf(blobs);
    }
}
