package io.ghala.benchmarks.stand;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The table of orders by a formula: as CSV files, made once per size and linked into each shared folder, and as a
 * DuckDB table.
 */
public final class OrdersFiles {
    /** The table's name in folders and in DuckDB. */
    public static final String TABLE = "orders";

    private static final int ROWS_PER_FILE = 100_000;
    private static final String ROWS = """
            SELECT i::BIGINT AS id,
              'customer-' || (hash(i) %% 10000) AS customer,
              ['AT', 'BE', 'DE', 'DK', 'ES', 'FI', 'FR', 'IT', 'KE', 'NL', 'PL', 'SE'][1 + (hash(i + 1) %% 12)::BIGINT] AS country,
              ['new', 'paid', 'packed', 'sent', 'returned'][1 + (hash(i + 2) %% 5)::BIGINT] AS state,
              (1 + hash(i + 3) %% 20)::BIGINT AS quantity,
              ((hash(i + 4) %% 100000) / 100.0)::DOUBLE AS price,
              ((hash(i + 5) %% 4) / 20.0)::DOUBLE AS discount,
              hash(i + 6) %% 10 < 9 AS delivered,
              TIMESTAMP '2020-01-01 00:00:00' + INTERVAL 1 SECOND * (i * 17) AS ordered_at,
              'note ' || substr(md5(i::VARCHAR), 1, 12) AS note
            FROM range(%d, %d) r(i)""";

    private final Path cache;

    OrdersFiles(Path cache) {
        this.cache = cache;
    }

    /** Links files with {@code rows} rows into a new folder of the shared one. */
    public void drop(Stand stand, int rows) throws IOException, SQLException {
        Path made = cache.resolve("orders-" + rows);
        if (!Files.exists(made)) {
            RunLog.say("  making %,d rows as CSV".formatted(rows));
            Path unfinished = Files.createTempDirectory(cache, "unfinished-");
            make(unfinished, rows);
            Files.move(unfinished, made);
        }
        Path folder = Files.createDirectory(stand.scratch().resolve(TABLE));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(made)) {
            for (Path file : files) {
                Files.createLink(folder.resolve(file.getFileName()), file);
            }
        }
        Files.move(folder, stand.root().resolve(TABLE));
    }

    private static void make(Path folder, int rows) throws IOException, SQLException {
        try (DuckDb duckDb = DuckDb.open();
                Statement statement = duckDb.statement()) {
            for (int from = 0; from < rows; from += ROWS_PER_FILE) {
                int to = Math.min(rows, from + ROWS_PER_FILE);
                statement.execute("COPY (" + ROWS.formatted(from, to) + ") TO '"
                        + folder.resolve("orders-%08d.csv".formatted(from)) + "' (HEADER)");
            }
        }
    }

    /** Makes the same rows a table of a DuckDB. */
    public static void create(DuckDb duckDb, int rows) throws SQLException {
        duckDb.execute("CREATE TABLE " + TABLE + " AS " + ROWS.formatted(0, rows));
    }

    /** A row as a JSON object, for a write of {@code id}. */
    public static String json(int id) {
        return ("{\"id\":%d,\"customer\":\"customer-%d\",\"country\":\"DE\",\"state\":\"paid\",\"quantity\":%d,\"price\":%d.25,"
                        + "\"discount\":0.05,\"delivered\":false,\"ordered_at\":\"2026-03-01 10:%02d:00\",\"note\":\"note %d\"}")
                .formatted(id, id % 10_000, 1 + id % 20, id % 1000, id % 60, id);
    }
}
