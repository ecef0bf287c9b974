package io.ghala.queryservice.fetch;

import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/**
 * Rows on their way into DuckDB.
 *
 * @param rows with their {@link OriginColumns}
 * @param files where they came from, see {@link FileRuns}
 */
record StoredBatch(ArrowRecordBatch rows, ArrowRecordBatch files) implements AutoCloseable {
    @Override
    public void close() {
        rows.close();
        files.close();
    }
}
