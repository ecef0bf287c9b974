package io.ghala.queryservice.store;

import io.ghala.queryservice.fetch.LoadedPart;
import io.ghala.snapshot.Manifest;
import java.util.List;
import java.util.Map;

/**
 * A version of a table as it stands in DuckDB.
 *
 * @param parts by their key
 * @param nextPart number of the next part
 * @param deadBytes about the encoded size of rows that were deleted but whose memory DuckDB has not given back
 */
record LoadedTable(
        Manifest manifest,
        StoredTable stored,
        StoredColumns columns,
        Map<List<String>, LoadedPart> parts,
        int nextPart,
        long deadBytes) {
    LoadedTable {
        parts = Map.copyOf(parts);
    }

    /** The same rows in another table of DuckDB that holds nothing else. */
    LoadedTable rewritten(StoredTable into) {
        return new LoadedTable(manifest, into, columns, parts, nextPart, 0);
    }
}
