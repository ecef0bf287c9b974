package io.ghala.config;

import io.ghala.config.GhalaConfig.ChangeDetection;
import io.ghala.config.GhalaConfig.CleanUpSettings;
import io.ghala.config.GhalaConfig.HttpLimits;
import io.ghala.config.GhalaConfig.HttpSettings;
import io.ghala.config.GhalaConfig.OpFiles;
import io.ghala.config.GhalaConfig.ParquetCompression;
import io.ghala.config.GhalaConfig.ParquetSettings;
import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.config.GhalaConfig.RefresherSettings;
import io.ghala.config.GhalaConfig.SchemaEvolution;
import io.ghala.config.GhalaConfig.TableSelection;
import io.ghala.config.GhalaConfig.TypedReaderSettings;
import io.ghala.config.GhalaConfig.WorkerSettings;
import io.ghala.model.KeyColumn;
import io.ghala.model.ResultFormat;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.TableName;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes the records of settings of what a reader finds; problems are gathered by the reader. */
final class SettingsRecords {
    private static final Pattern MEMORY =
            Pattern.compile("[1-9][0-9]*(\\.[0-9]+)? ?[KMGT]i?B", Pattern.CASE_INSENSITIVE);
    private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "localhost", "::1", "[::1]");

    private SettingsRecords() {}

    /** {@code defaultHttpPort} is the port that {@code http.port = default} stands for. */
    static GhalaConfig read(SettingsReader read, int defaultHttpPort) {
        return new GhalaConfig(
                read.text("ghala.tables", new TableSelection(Set.of()), SettingsRecords::tables),
                read.text("ghala.db-root", Path.of("."), text -> Path.of(nonEmpty(text))),
                redis(read),
                refresher(read),
                worker(read),
                new ParquetSettings(
                        read.choice("ghala.parquet.compression", ParquetCompression.ZSTD, ParquetCompression.class),
                        read.seconds("ghala.parquet.debounce-sec", 0),
                        read.integer("ghala.parquet.zstd-level", 1, 22),
                        read.whole("ghala.parquet.row-group-rows", 1, Integer.MAX_VALUE),
                        Math.min(read.bytes("ghala.parquet.row-group-bytes", 1 << 16), 1 << 30),
                        (int) Math.min(read.bytes("ghala.parquet.page-bytes", 1 << 10), 1 << 30),
                        threads(read, "ghala.parquet.write-threads"),
                        read.truth("ghala.parquet.provenance"),
                        read.text("ghala.parquet.bloom-columns", ColumnSelection.NONE, ColumnSelection::parse),
                        read.text("ghala.parquet.sort-columns", ColumnSelection.NONE, ColumnSelection::parse),
                        read.bytes("ghala.parquet.sort-bytes", 1 << 16),
                        read.duration("ghala.parquet.check-interval", Duration.ofMillis(10))),
                query(read),
                http(read, defaultHttpPort),
                read.text("ghala.key-column", new KeyColumn("id"), KeyColumn::new),
                read.text("ghala.fail-points", "", text -> text));
    }

    private static RedisSettings redis(SettingsReader read) {
        return new RedisSettings(
                read.text("ghala.redis.url", URI.create("redis://127.0.0.1:6379"), RedisUrl::parse),
                read.duration("ghala.redis.lease-ttl", Duration.ofMillis(500)),
                read.duration("ghala.redis.blob-grace", Duration.ofMillis(1)),
                read.whole("ghala.redis.retained-versions", 0, 100_000),
                read.duration("ghala.redis.staging-grace", Duration.ofSeconds(1)),
                read.duration("ghala.redis.op-id-ttl", Duration.ofSeconds(1)),
                read.whole("ghala.redis.op-id-max", 1, Long.MAX_VALUE),
                read.whole("ghala.redis.backlog-max", 1, Long.MAX_VALUE));
    }

    private static RefresherSettings refresher(SettingsReader read) {
        return new RefresherSettings(
                read.seconds("ghala.refresher.scan-interval-sec", 0.01),
                read.choice("ghala.refresher.change-detection", ChangeDetection.NAMES, ChangeDetection.class),
                read.choice("ghala.refresher.schema-evolution", SchemaEvolution.UNION, SchemaEvolution.class),
                read.choice("ghala.refresher.snapshot-format", SnapshotFormat.ARROW, SnapshotFormat.class),
                read.duration("ghala.refresher.settle-time", Duration.ZERO),
                read.bytes("ghala.refresher.max-file-bytes", 1),
                read.whole("ghala.refresher.max-file-rows", 1, Long.MAX_VALUE),
                read.bytes("ghala.refresher.max-unpacked-bytes", 1),
                threads(read, "ghala.refresher.read-threads"),
                read.bytes("ghala.refresher.read-memory", 1024 * 1024),
                new TypedReaderSettings(
                        read.bytes("ghala.refresher.typed-reader.memory", 256 << 20),
                        read.duration("ghala.refresher.typed-reader.timeout", Duration.ofSeconds(1)),
                        read.duration("ghala.refresher.typed-reader.idle", Duration.ZERO)));
    }

    private static WorkerSettings worker(SettingsReader read) {
        return new WorkerSettings(
                read.integer("ghala.worker.batch-entries", 1, 100_000),
                read.choice("ghala.worker.op-files", OpFiles.AUTO, OpFiles.class),
                read.integer("ghala.worker.row-files-max", 0, 100_000),
                read.duration("ghala.worker.claim-idle", Duration.ofMillis(100)),
                read.integer("ghala.worker.max-deliveries", 1, 1000),
                new CleanUpSettings(
                        read.duration("ghala.worker.clean-up.interval", Duration.ofMillis(10)),
                        read.duration("ghala.worker.clean-up.barrier-wait", Duration.ofMillis(100)),
                        read.integer("ghala.worker.clean-up.merge-rows", 2, Integer.MAX_VALUE),
                        read.integer("ghala.worker.clean-up.merge-segments", 2, Integer.MAX_VALUE),
                        read.duration("ghala.worker.clean-up.spent-after", Duration.ZERO)));
    }

    private static QuerySettings query(SettingsReader read) {
        Duration timeout = read.duration("ghala.query.timeout", Duration.ofMillis(1));
        Duration most = read.duration("ghala.query.timeout-max", Duration.ofMillis(1));
        if (timeout.compareTo(most) > 0) {
            read.problem(
                    "ghala.query.timeout", "is more than ghala.query.timeout-max: lower one or raise the other", "");
        }
        String memory = read.text("ghala.query.memory-limit", "", SettingsRecords::memory);
        return new QuerySettings(
                read.choice("ghala.query.output-format", ResultFormat.JSON, ResultFormat.class),
                timeout,
                most,
                read.whole("ghala.query.max-rows", 1, Long.MAX_VALUE),
                read.bytes("ghala.query.max-bytes", 1),
                threads(read, "ghala.query.threads"),
                read.integer("ghala.query.concurrency", 1, 1000),
                read.integer("ghala.query.queue", 0, 100_000),
                read.duration("ghala.query.stuck-after", Duration.ofMillis(100)),
                read.duration("ghala.query.drain-time", Duration.ZERO),
                memory.isEmpty() ? Optional.empty() : Optional.of(memory));
    }

    private static HttpSettings http(SettingsReader read, int defaultPort) {
        String bind = read.text("ghala.http.bind", "127.0.0.1", SettingsRecords::nonEmpty);
        String token = read.text("ghala.http.token", "", text -> text);
        if (!LOOPBACK.contains(bind) && token.isEmpty()) {
            read.problem(
                    "ghala.http.bind",
                    "'" + bind
                            + "' can be reached by others, so a token must be set (HTTP_TOKEN), or bind to 127.0.0.1",
                    bind);
        }
        int port = read.text("ghala.http.port", "default", text -> text).equals("default")
                ? defaultPort
                : read.integer("ghala.http.port", 0, 65_535);
        return new HttpSettings(
                bind,
                port,
                token.isEmpty() ? Optional.empty() : Optional.of(token),
                read.text("ghala.http.hosts", Set.of(), text -> list(text, HostName::parse)),
                read.text("ghala.http.origins", Set.of(), text -> list(text, WebOrigin::parse)),
                new HttpLimits(
                        read.integer("ghala.http.max-connections", 8, 1_000_000),
                        read.duration("ghala.http.header-timeout", Duration.ofMillis(100)),
                        read.duration("ghala.http.body-timeout", Duration.ofMillis(100)),
                        read.duration("ghala.http.write-timeout", Duration.ofMillis(100))));
    }

    /** What stands between commas, none for an empty text. */
    private static <T> Set<T> list(String text, Function<String, T> parse) {
        return text.isEmpty()
                ? Set.of()
                : Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .map(parse)
                        .collect(Collectors.toSet());
    }

    private static int threads(SettingsReader read, String path) {
        int threads = read.integer(path, 0, 1024);
        return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }

    private static TableSelection tables(String text) {
        if (text.equals("*")) {
            return new TableSelection(Set.of());
        }
        Set<TableName> names = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(TableName::new)
                .collect(Collectors.toSet());
        return new TableSelection(names);
    }

    private static String memory(String text) {
        if (!text.isEmpty() && !MEMORY.matcher(text).matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size such as 4GB or 512MiB, nor empty");
        }
        return text;
    }

    private static String nonEmpty(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        return text;
    }
}
