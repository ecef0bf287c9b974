package io.ghala.queryservice.fetch;

import io.ghala.snapshot.BlobRef;
import java.util.ArrayList;
import java.util.List;

/** A blob of a part to be loaded; {@code first} is its first row, counted over its part. */
record PartBlob(LoadedPart part, BlobRef blob, int first) {
    static List<PartBlob> of(List<LoadedPart> parts) {
        List<PartBlob> blobs = new ArrayList<>();
        for (LoadedPart part : parts) {
            int first = 0;
            for (BlobRef blob : part.part().blobs()) {
                blobs.add(new PartBlob(part, blob, first));
                first += Math.toIntExact(blob.rows());
            }
        }
        return blobs;
    }
}
