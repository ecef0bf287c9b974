package io.ghala.snapshot;

import io.ghala.model.KeyColumn;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.type.TypeBasis;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One published version of one table: everything that a reader needs to load it and to know that it loaded all of it.
 *
 * @param publishedAt Redis time of the publication, in milliseconds
 * @param keyColumn the column whose text is the row id
 * @param rows visible rows, the sum over parts
 * @param bytes sum over the blobs of the parts
 * @param parts the runs of rows that make up the table
 * @param hiddenParts runs of rows none of which is visible now; only the refresher has a use for them
 * @param files number of data files in the folder, refused ones included
 * @param rootHash 32 hexadecimal digits over schema and visible rows, free of order and layout: equal content, equal
 *     hash
 * @param basis what the types of the columns rest on
 * @param refused files that are listed because their rows are not in the table, or perhaps should not be, by name
 */
public record Manifest(
        TableName table,
        SnapshotVersion version,
        Instant publishedAt,
        SnapshotFormat format,
        TableSchema schema,
        KeyColumn keyColumn,
        long rows,
        long bytes,
        List<PartRef> parts,
        List<PartRef> hiddenParts,
        long files,
        String rootHash,
        List<RefusedFile> refused,
        TypeBasis basis) {

    public Manifest {
        parts = List.copyOf(parts);
        hiddenParts = List.copyOf(hiddenParts);
        refused = List.copyOf(refused);
        long partRows = parts.stream().mapToLong(PartRef::visibleRows).sum();
        if (partRows != rows) {
            throw new CorruptSnapshotException("manifest of table " + table + " version " + version + " says " + rows
                    + " rows but its parts show " + partRows);
        }
        if (hiddenParts.stream().anyMatch(part -> part.visibleRows() > 0)) {
            throw new CorruptSnapshotException(
                    "manifest of table " + table + " version " + version + " has a hidden part with visible rows");
        }
    }

    /** How many files are not in the table. */
    public long filesRefused() {
        return refused.stream().filter(file -> !file.taken()).count();
    }

    /** Every blob that the manifest names. */
    public List<BlobRef> allBlobs() {
        List<BlobRef> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(part.allBlobs()));
        hiddenParts.forEach(part -> all.addAll(part.allBlobs()));
        return all;
    }
}
