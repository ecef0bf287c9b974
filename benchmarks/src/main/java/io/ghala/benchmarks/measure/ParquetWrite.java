package io.ghala.benchmarks.measure;

import io.ghala.benchmarks.figures.Figures;
import io.ghala.benchmarks.figures.Result;
import io.ghala.benchmarks.figures.Target;
import io.ghala.benchmarks.figures.Unit;
import io.ghala.benchmarks.stand.DuckDb;
import io.ghala.benchmarks.stand.OrdersFiles;
import io.ghala.benchmarks.stand.Ports;
import io.ghala.benchmarks.stand.RunLog;
import io.ghala.benchmarks.stand.Service;
import io.ghala.benchmarks.stand.Setting;
import io.ghala.benchmarks.stand.Sql;
import io.ghala.benchmarks.stand.Stand;
import io.ghala.benchmarks.stand.Waiting;
import io.ghala.model.TableName;
import io.ghala.presence.ServiceKind;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.parquet.ParquetOptions;
import io.ghala.snapshot.parquet.ParquetTableWriter;
import io.ghala.snapshot.rows.SnapshotRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.TransferPair;
import org.apache.parquet.io.LocalOutputFile;

/** The Parquet file, from decoded batches and from Redis, against DuckDB's COPY of the same rows to zstd Parquet. */
public final class ParquetWrite implements Benchmark {
    private static final String LOGGED = "parquet written";

    @Override
    public String name() {
        return "parquet";
    }

    @Override
    public String title() {
        return "the Parquet file";
    }

    @Override
    public String about() {
        return """
                The table of orders, zstd. Encoding: the writer of the parquet-writer-service run in the benchmark's process over batches that are decoded
                already. End to end: a parquet-writer-service that has just started, from the manifest in Redis to the renamed file, as it logs it. The
                peer is `COPY orders TO … (FORMAT parquet, COMPRESSION zstd)` of a table in the memory of a DuckDB. DuckDB reads the files back; sums
                over all columns are compared.""";
    }

    @Override
    public List<Integer> sizes() {
        return List.of(100_000, 1_000_000);
    }

    @Override
    public int largest() {
        return 10_000_000;
    }

    @Override
    public Duration limit() {
        return Duration.ofMinutes(15);
    }

    @Override
    public List<Result> run(int size, Setting setting) throws Exception {
        int runs = setting.effort().runs(size);
        try (Stand stand = new Stand(setting);
                DuckDb duckDb = DuckDb.open()) {
            setting.orders().drop(stand, size);
            Service refresher = stand.start(ServiceKind.REFRESHER);
            stand.awaitPublished(OrdersFiles.TABLE, size);
            OrdersFiles.create(duckDb, size);
            Path copied = stand.scratch().resolve("copied.parquet");
            long[] copy = new long[runs];
            for (int run = -1; run < runs; run++) {
                RunLog.say("  DuckDB COPY, run %d of %d".formatted(run + 1, runs));
                copy[Math.max(0, run)] =
                        duckDb.time("COPY orders TO '" + copied + "' (FORMAT parquet, COMPRESSION zstd)");
            }
            Figures encoded = encode(stand, duckDb, runs);
            refresher.kill();
            Path written = stand.root().resolve(OrdersFiles.TABLE + ".parquet");
            Figures served = serve(stand, duckDb, written, runs);
            return results(encoded, served, Figures.ofNanos(copy), written, copied);
        }
    }

    private static List<Result> results(Figures encoded, Figures served, Figures copy, Path written, Path copied)
            throws IOException {
        Figures ourSize = Figures.of(Unit.BYTES, (double) Files.size(written));
        Figures theirSize = Figures.of(Unit.BYTES, (double) Files.size(copied));
        String peer = "DuckDB COPY";
        return List.of(
                Result.over(
                        "encoding decoded batches",
                        encoded,
                        peer,
                        copy,
                        Target.atMost("≤ 1.1x", encoded.median() / copy.median(), 1.1)),
                Result.over(
                        "end to end by the service",
                        served,
                        peer,
                        copy,
                        Target.atMost("≤ 1.3x", served.median() / copy.median(), 1.3)),
                Result.over(
                        "size of the file",
                        ourSize,
                        peer,
                        theirSize,
                        Target.atMost("≤ 1.05x", ourSize.median() / theirSize.median(), 1.05)));
    }

    private static Figures serve(Stand stand, DuckDb duckDb, Path file, int runs)
            throws IOException, InterruptedException, SQLException {
        double[] ms = new double[runs];
        for (int run = 0; run < runs; run++) {
            RunLog.say("  parquet-writer-service, run %d of %d".formatted(run + 1, runs));
            Files.deleteIfExists(file);
            Service writer = stand.start(ServiceKind.PARQUET_WRITER);
            Waiting.until("the file is written", () -> {
                writer.requireAlive();
                return writer.loggedMs(LOGGED).isPresent();
            });
            ms[run] = writer.loggedMs(LOGGED).orElseThrow();
            writer.kill();
            requireSame(duckDb, file);
        }
        return Figures.of(Unit.MILLISECONDS, ms);
    }

    private static void requireSame(DuckDb duckDb, Path file) throws SQLException {
        String sql = Sql.FINGERPRINT.replace("FROM orders", "FROM read_parquet('" + file + "')");
        List<String> lines =
                duckDb.rows(sql).stream().map(row -> String.join(",", row)).toList();
        Sql.requireSame(sql, lines, duckDb.rows(Sql.FINGERPRINT));
    }

    private static Figures encode(Stand stand, DuckDb duckDb, int runs) throws IOException, SQLException {
        Path file = stand.scratch().resolve("encoded.parquet");
        long[] nanos = new long[runs];
        List<VectorSchemaRoot> batches = new ArrayList<>();
        try (Ports ports = Ports.of(stand);
                BufferAllocator allocator = new RootAllocator()) {
            Manifest manifest =
                    ports.snapshots().manifest(new TableName(OrdersFiles.TABLE)).orElseThrow();
            try {
                new SnapshotRows(manifest, ports.snapshots(), allocator)
                        .read(rows -> batches.add(kept(rows, allocator)));
                for (int run = -1; run < runs; run++) {
                    RunLog.say("  encoding, run %d of %d".formatted(run + 1, runs));
                    Files.deleteIfExists(file);
                    nanos[Math.max(0, run)] = encode(ports, manifest, batches, file);
                }
            } finally {
                batches.forEach(VectorSchemaRoot::close);
            }
        }
        requireSame(duckDb, file);
        return Figures.ofNanos(nanos);
    }

    /** The same vectors in a root of their own. */
    private static VectorSchemaRoot kept(VectorSchemaRoot rows, BufferAllocator allocator) {
        List<FieldVector> vectors = new ArrayList<>();
        for (FieldVector vector : rows.getFieldVectors()) {
            TransferPair transfer = vector.getTransferPair(allocator);
            transfer.transfer();
            vectors.add((FieldVector) transfer.getTo());
        }
        return new VectorSchemaRoot(rows.getSchema().getFields(), vectors, rows.getRowCount());
    }

    private static long encode(Ports ports, Manifest manifest, List<VectorSchemaRoot> batches, Path to)
            throws IOException {
        ParquetOptions options = ParquetOptions.of(ports.config().parquet(), Set.of());
        long started = System.nanoTime();
        try (ParquetTableWriter writer = new ParquetTableWriter(
                new LocalOutputFile(to), manifest.schema().columns(), options)) {
            for (VectorSchemaRoot batch : batches) {
                writer.write(batch);
            }
            writer.finish(Map.of());
        }
        return System.nanoTime() - started;
    }
}
