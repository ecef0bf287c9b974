package io.ghala.cli.stack;

import io.ghala.cli.session.CommandFailedException;
import io.ghala.cli.session.Session;
import io.ghala.intent.Intent;
import io.ghala.intent.IntentQueue.EnqueueResult;
import io.ghala.model.ResultFormat;
import io.ghala.model.RowId;
import io.ghala.model.TableName;
import io.ghala.model.WriteToken;
import io.ghala.query.AwaitedWrites;
import io.ghala.query.SqlClient;
import io.ghala.query.SqlHeader;
import io.ghala.query.SqlParameters;
import io.ghala.query.SqlRequest;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.parquet.ParquetTableReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;

/** The steps of the demo, each checked. */
final class DemoSteps {
    private static final long SEEN_SECONDS = 30;
    private static final TableName ORDERS = new TableName("orders");
    private static final String COUNT = "SELECT count(*) AS orders FROM orders";

    private final OrderlyStop stop;
    private int wrong;

    DemoSteps(OrderlyStop stop) {
        this.stop = stop;
    }

    /** How many steps were wrong so far. */
    int wrong() {
        return wrong;
    }

    /** Takes all steps over a stack whose folder {@code root} holds the sample tables. */
    void all(Session session, Path root) throws Exception {
        step("count the sample orders", () -> untilSeen(session, COUNT, "6"), "6");
        step(
                "join three tables, each in its own format",
                () -> ask(
                        session,
                        "SELECT c.name, round(sum(o.quantity * p.price), 2) AS spent FROM orders o JOIN customers c ON"
                                + " c.id = o.customer_id JOIN products p ON p.id = o.product_id GROUP BY c.name ORDER BY spent"
                                + " DESC LIMIT 1",
                        Optional.empty()),
                "Amina Odhiambo,181.5");
        WriteToken upsert = queued(session.intents()
                .enqueue(
                        ORDERS,
                        new Intent.Upsert(
                                new RowId("1001"),
                                "{\"id\":1001,\"customer_id\":1,\"product_id\":\"p-1\",\"quantity\":99,\"ordered_at\":\"2026-11-02T09:15:00Z\",\"status\":\"paid\"}"),
                        Optional.empty()));
        step(
                "queue an upsert of order 1001 and read it back with its token",
                () -> ask(session, "SELECT quantity FROM orders WHERE id = 1001", Optional.of(upsert)),
                "99");
        WriteToken delete =
                queued(session.intents().enqueue(ORDERS, new Intent.Delete(new RowId("1002")), Optional.empty()));
        step(
                "queue a delete of order 1002 and see it gone",
                () -> ask(session, "SELECT count(*) FROM orders WHERE id = 1002", Optional.of(delete)),
                "0");
        Path dropped = root.resolve("orders").resolve("o-2000.json");
        Files.writeString(
                dropped,
                "{\"id\":2000,\"customer_id\":2,\"product_id\":\"p-2\",\"quantity\":1,\"ordered_at\":\"2026-11-20T08:00:00Z\",\"status\":\"new\"}");
        step("drop a file into the folder by hand", () -> untilSeen(session, COUNT, "6"), "6");
        Files.delete(dropped);
        step("remove it by hand", () -> untilSeen(session, COUNT, "5"), "5");
        Path broken = root.resolve("orders").resolve("broken.json");
        Files.writeString(broken, "{ this is not JSON");
        step("drop a broken file: it is listed, its neighbours stay", () -> refusedFiles(session), "broken.json");
        step(
                "read orders.parquet back: it is the published version",
                () -> parquetRows(session, root.resolve("orders.parquet")),
                "5 rows");
        step("the other orders are still there", () -> ask(session, COUNT, Optional.empty()), "5");
    }

    private static String refusedFiles(Session session) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SEEN_SECONDS);
        String refused = "";
        while (refused.isEmpty() && System.nanoTime() < deadline) {
            refused = session.snapshots()
                    .manifest(ORDERS)
                    .flatMap(manifest -> manifest.refused().stream().findFirst())
                    .map(file -> file.file() + ": " + file.reason())
                    .orElse("");
            TimeUnit.MILLISECONDS.sleep(50);
        }
        return refused;
    }

    /** Waits until the file is the newest version and counts its rows. */
    private static String parquetRows(Session session, Path file) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SEEN_SECONDS);
        Manifest manifest = session.snapshots().manifest(ORDERS).orElseThrow();
        String version = "";
        while (!version.equals(manifest.version().toString()) && System.nanoTime() < deadline) {
            if (Files.exists(file)) {
                try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
                    version = reader.getFileMetaData().getKeyValueMetaData().getOrDefault("ghala.version", "");
                }
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        AtomicInteger rows = new AtomicInteger();
        ParquetTableReader.read(new LocalInputFile(file), manifest.schema().columns(), row -> rows.incrementAndGet());
        return rows + " rows of version " + version;
    }

    private static WriteToken queued(EnqueueResult result) {
        if (result instanceof EnqueueResult.Queued queued) {
            return queued.token();
        }
        throw new CommandFailedException("the write was not queued: " + result);
    }

    /**
     * Asks until the answer holds {@code expected} or the time is over: what people do by hand has no token to wait
     * for.
     */
    private static String untilSeen(Session session, String sql, String expected) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SEEN_SECONDS);
        String answer = ask(session, sql, Optional.empty());
        while (!answer.equals(expected) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
            answer = ask(session, sql, Optional.empty());
        }
        return answer;
    }

    /** The rows as CSV without the header. */
    private static String ask(Session session, String sql, Optional<WriteToken> after) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        session.sql()
                .ask(
                        new SqlRequest(
                                sql,
                                SqlParameters.NONE,
                                ResultFormat.CSV,
                                after.map(AwaitedWrites::of).orElse(AwaitedWrites.NONE),
                                Map.of(),
                                Optional.empty(),
                                Duration.ofSeconds(30)),
                        new SqlClient.Sink() {
                            @Override
                            public void header(SqlHeader header) {
                                // Only the rows are compared.
                            }

                            @Override
                            public void block(byte[] bytes) {
                                out.writeBytes(bytes);
                            }
                        });
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
        return String.join(" / ", lines.subList(1, lines.size()));
    }

    /** Takes one step and says whether its result begins as expected. */
    void step(String what, Callable<String> action, String expected) throws Exception {
        if (stop.isAsked()) {
            throw new CommandFailedException("stopped before: " + what);
        }
        long started = System.nanoTime();
        String result = action.call();
        boolean right = result.startsWith(expected);
        wrong += right ? 0 : 1;
        System.out.printf(
                "%-5s %-60s %6d ms  %s%n",
                right ? "ok" : "WRONG",
                what,
                (System.nanoTime() - started) / 1_000_000,
                right ? result : result + " (expected " + expected + ")");
    }
}
