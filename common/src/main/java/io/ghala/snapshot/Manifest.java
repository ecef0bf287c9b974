package io.ghala.snapshot;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import java.time.Instant;
import java.util.List;

/**
 * One published version of one table: everything that a reader needs to load it and to know that it loaded all of it.
 *
 * @param publishedAt Redis time of the publication, in milliseconds
 * @param keyColumn the column whose text is the row id
 * @param rows visible rows, the sum over parts
 * @param bytes sum over blobs
 * @param files number of data files in the folder, refused ones included
 * @param rootHash 32 hexadecimal digits over schema and visible rows, free of order and layout: equal content, equal hash
 * @param refused files that are listed but not in the table, by name
 */
public record Manifest(
        TableName table,
        SnapshotVersion version,
        Instant publishedAt,
        SnapshotFormat format,
        TableSchema schema,
        String keyColumn,
        long rows,
        long bytes,
        List<PartRef> parts,
        long files,
        String rootHash,
        List<RefusedFile> refused) {
    public Manifest {
        parts = List.copyOf(parts);
        refused = List.copyOf(refused);
        long partRows = parts.stream().mapToLong(PartRef::rows).sum();
        if (partRows != rows) {
            throw new CorruptSnapshotException("manifest of table " + table + " version " + version + " says " + rows
                    + " rows but its parts hold " + partRows);
        }
    }
}
