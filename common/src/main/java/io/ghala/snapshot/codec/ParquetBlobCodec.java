package io.ghala.snapshot.codec;

import io.ghala.arrow.ArrowSchemas;
import io.ghala.config.GhalaConfig.ParquetCompression;
import io.ghala.model.Column;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.parquet.MemoryFile;
import io.ghala.snapshot.parquet.ParquetOptions;
import io.ghala.snapshot.parquet.ParquetTableReader;
import io.ghala.snapshot.parquet.ParquetTableWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A blob as a complete Parquet file of one row group, zstd. */
final class ParquetBlobCodec implements BlobCodec {
    private static final ParquetOptions OPTIONS =
            new ParquetOptions(ParquetCompression.ZSTD, 3, 1L << 30, Integer.MAX_VALUE, 1 << 20, 1, Set.of());

    @Override
    public byte[] encode(VectorSchemaRoot root) {
        MemoryFile file = new MemoryFile();
        List<Column> columns = ArrowSchemas.columns(root.getSchema());
        try (ParquetTableWriter writer = new ParquetTableWriter(file, columns, OPTIONS)) {
            writer.write(root);
            writer.finish(Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to be written", e);
        }
        return file.toByteArray();
    }

    @Override
    public VectorSchemaRoot decode(byte[] bytes, TableSchema schema, BufferAllocator allocator) {
        try (TokenRows rows = new TokenRows(schema, allocator)) {
            ParquetTableReader.read(MemoryFile.input(bytes), schema.storedColumns(), row -> {
                for (int column = 0; column < row.size(); column++) {
                    rows.set(column, row.get(column));
                }
                rows.endRow();
            });
            return rows.take();
        } catch (IOException | RuntimeException e) {
            // parquet-java throws bare RuntimeExceptions for damaged bytes.
            throw new CorruptSnapshotException("a Parquet blob cannot be read: " + e.getMessage(), e);
        }
    }
}
