package io.ghala.queryservice.store;

import io.ghala.model.Column;
import io.ghala.model.SqlName;
import io.ghala.model.TableSchema;
import io.ghala.queryservice.fetch.BatchesReader;
import io.ghala.queryservice.fetch.FileRuns;
import io.ghala.queryservice.fetch.LoadedPart;
import io.ghala.queryservice.fetch.OriginColumns;
import io.ghala.queryservice.fetch.PartsReader;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.arrow.PartCasts;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;

/**
 * Inserts the visible rows of parts, cast to the columns of the table, and where they came from: one statement each for
 * all parts of one schema.
 */
final class InsertParts {
    private static final String ROWS = "rows_stream";
    private static final String FILES = "files_stream";

    private final SnapshotReader snapshots;
    private final BufferAllocator allocator;
    private final ExecutorService fetching;
    private final int ahead;

    InsertParts(SnapshotReader snapshots, BufferAllocator allocator, ExecutorService fetching, int ahead) {
        this.snapshots = snapshots;
        this.allocator = allocator;
        this.fetching = fetching;
        this.ahead = ahead;
    }

    /**
     * Inserts {@code parts}.
     *
     * @return the number of rows
     * @throws io.ghala.snapshot.MissingBlobException when a blob is gone
     * @throws CorruptSnapshotException when a blob is damaged or its columns do not cast exactly to those of the table
     */
    long insert(
            StoreTransaction transaction,
            StoredTable into,
            StoredColumns columns,
            Manifest manifest,
            List<LoadedPart> parts)
            throws SQLException {
        Map<TableSchema, List<LoadedPart>> bySchema = new LinkedHashMap<>();
        for (LoadedPart part : parts) {
            if (part.part().visibleRows() > 0) {
                bySchema.computeIfAbsent(part.part().schema(), s -> new ArrayList<>())
                        .add(part);
            }
        }
        long rows = 0;
        for (List<LoadedPart> alike : bySchema.values()) {
            rows += insertAlike(transaction, into, columns, manifest, alike);
        }
        return rows;
    }

    private long insertAlike(
            StoreTransaction transaction,
            StoredTable into,
            StoredColumns columns,
            Manifest manifest,
            List<LoadedPart> parts)
            throws SQLException {
        boolean hidden = parts.stream().anyMatch(part -> !part.hidden().isEmpty());
        String sql =
                statement(into.rows(), columns, manifest, parts.get(0).part().schema(), hidden);
        try (BatchesReader files = new BatchesReader(FileRuns.SCHEMA, allocator);
                PartsReader reader =
                        new PartsReader(parts, manifest.format(), snapshots, allocator, fetching, ahead, files::add)) {
            long rows;
            try {
                rows = insert(transaction, ROWS, reader, sql);
            } catch (SQLException e) {
                reader.rethrowFailure();
                throw e;
            }
            insert(transaction, FILES, files, "INSERT INTO " + into.files() + " SELECT * FROM " + FILES);
            return rows;
        } catch (IOException e) {
            throw new CorruptSnapshotException("the parts of table " + manifest.table() + " cannot be closed", e);
        }
    }

    private long insert(StoreTransaction transaction, String name, ArrowReader rows, String sql) throws SQLException {
        try (ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, rows, stream);
            transaction.connection().registerArrowStream(name, stream);
            return transaction.change(sql);
        }
    }

    private static String statement(
            String into, StoredColumns columns, Manifest manifest, TableSchema part, boolean hidden) {
        StringBuilder targets = new StringBuilder();
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < part.columns().size(); i++) {
            Column from = part.columns().get(i);
            StoredColumn to = columns.find(from).orElse(null);
            if (to == null) {
                continue;
            }
            if (!PartCasts.exact(from.type(), to.column().type())) {
                throw new CorruptSnapshotException("column " + SqlName.quoted(from.name()) + " of a part of table "
                        + manifest.table() + " is stored as " + from.type().sql() + ", which is not cast to "
                        + to.column().type().sql());
            }
            targets.append(to.stored()).append(", ");
            values.append("CAST(s")
                    .append(i)
                    .append(" AS ")
                    .append(to.column().type().sql())
                    .append("), ");
        }
        String origin = OriginColumns.BACK + ", " + OriginColumns.POSITION;
        int version = part.columns().size() + 1;
        return "INSERT INTO " + into + " (" + targets + TableSchema.VERSION_COLUMN + ", " + origin + ") SELECT "
                + values
                + "s" + version + ", " + origin + " FROM " + ROWS
                + (hidden ? " WHERE " + OriginColumns.POSITION + " IS NOT NULL" : "");
    }
}
