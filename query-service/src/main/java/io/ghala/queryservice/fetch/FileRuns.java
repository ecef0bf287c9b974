package io.ghala.queryservice.fetch;

import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Runs of rows that came from one file: the position of the first row, and the file. Rows hold how far back theirs
 * begins.
 */
public final class FileRuns implements AutoCloseable {
    public static final Schema SCHEMA = new Schema(List.of(
            Field.nullable(OriginColumns.POSITION, MinorType.BIGINT.getType()),
            Field.nullable(io.ghala.model.TableSchema.FILE_COLUMN, MinorType.VARCHAR.getType())));

    private final VectorSchemaRoot runs;
    private int count;

    FileRuns(BufferAllocator allocator) {
        this.runs = VectorSchemaRoot.create(SCHEMA, allocator);
    }

    /** Adds the run that begins at {@code position} with the file of a row. */
    void add(long position, TextColumn files, int row) {
        ((BigIntVector) runs.getVector(0)).setSafe(count, position);
        files.copy(row, (VarCharVector) runs.getVector(1), count);
        count++;
    }

    /** All of them, for the caller to close. */
    ArrowRecordBatch batch() {
        runs.setRowCount(count);
        return new VectorUnloader(runs).getRecordBatch();
    }

    @Override
    public void close() {
        runs.close();
    }
}
