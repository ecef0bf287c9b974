package io.ghala.worker;

import com.codahale.metrics.MetricRegistry;
import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Singleton;
import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig;
import io.ghala.config.GhalaConfig.RedisSettings;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.Op;
import io.ghala.folder.OpFileName;
import io.ghala.folder.OpLine;
import io.ghala.intent.CleanUpBarrier;
import io.ghala.intent.Intent;
import io.ghala.intent.IntentLog;
import io.ghala.intent.IntentQueue;
import io.ghala.intent.IntentQueue.EnqueueResult;
import io.ghala.intent.IntentQueue.Request;
import io.ghala.intent.RowCondition;
import io.ghala.intent.SettledWrites.Settled;
import io.ghala.intent.WriteBacklog;
import io.ghala.intent.WriteBacklog.Backlog;
import io.ghala.lease.Lease;
import io.ghala.lease.Leases;
import io.ghala.model.Column;
import io.ghala.model.KeyColumn;
import io.ghala.model.RowId;
import io.ghala.model.ScalarType;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.StreamId;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.model.WriteToken;
import io.ghala.presence.ServiceIdentity;
import io.ghala.presence.ServiceKind;
import io.ghala.redis.RedisModule;
import io.ghala.service.FailPoints;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.RefusedFile;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.snapshot.SnapshotPublisher.Publication;
import io.ghala.snapshot.SnapshotPublisher.WatermarkMove;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.Watermark;
import io.ghala.testing.RedisServer;
import io.ghala.type.TypeBasis;
import io.ghala.work.Closers;
import io.ghala.worker.apply.ApplyBatch;
import io.ghala.worker.apply.ApplyConditional;
import io.ghala.worker.apply.ApplyIntents;
import io.ghala.worker.apply.PlainRows;
import io.ghala.worker.apply.PublishedKeyColumn;
import io.ghala.worker.apply.ReferenceFit;
import io.ghala.worker.stage.Stage;
import io.ghala.worker.tidy.TidyFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/** A folder, a real Redis and workers whose rounds a test runs one by one. */
public final class Bench implements AutoCloseable {
    public static final TableName T = new TableName("orders");
    private static final Duration PATIENCE = Duration.ofMillis(10);

    public final Path root;
    public final Path table;
    public final GhalaConfig config;
    private final Closers closers = new Closers();
    private final RootAllocator vectors = closers.register("vectors", new RootAllocator());
    private final Injector injector;
    private int workers;
    private @Nullable Lease lease;
    public PlainRows plainRows = (table, id, epoch, through) -> false;

    public Bench(RedisServer server, Path root, String settings) throws IOException {
        this.root = root;
        this.table = Files.createDirectories(root.resolve("orders"));
        Path file = Files.writeString(Files.createTempFile(root, "settings-", ".conf.tmp"), settings);
        this.config = ConfigLoader.of(
                        Map.of("REDIS_URL", server.url(), "DB_ROOT", root.toString(), "GHALA_CONFIG", file.toString()))
                .load(0);
        this.injector = Guice.createInjector(new AbstractModule() {
            @Override
            protected void configure() {
                install(new RedisModule());
                bind(GhalaConfig.class).toInstance(config);
                bind(RedisSettings.class).toInstance(config.redis());
                bind(Clock.class).toInstance(Clock.systemUTC());
                bind(Closers.class).toInstance(closers);
                bind(MetricRegistry.class).in(Singleton.class);
            }
        });
    }

    public <T> T port(Class<T> type) {
        return injector.getInstance(type);
    }

    public IntentLog log() {
        return port(IntentLog.class);
    }

    public Backlog backlog() {
        return port(WriteBacklog.class).backlog(T);
    }

    public IntentQueue queue() {
        return port(IntentQueue.class);
    }

    private ReferenceFit reference(Clock clock) {
        return new ReferenceFit(T, config, vectors, clock);
    }

    /** Another worker process; {@code failPoints} as the setting has them. */
    public ApplyIntents worker(String failPoints) {
        FailPoints points = FailPoints.parse(failPoints);
        FolderLayout layout = new FolderLayout(root);
        Clock clock = Clock.systemUTC();
        MetricRegistry metrics = port(MetricRegistry.class);
        Stage stage = new Stage(layout, T, Stage.WORKER, points);
        ApplyBatch batches = new ApplyBatch(
                T,
                config,
                log(),
                new PublishedKeyColumn(T, queue(), clock),
                reference(clock),
                stage,
                points,
                metrics,
                clock);
        ApplyConditional conditional = new ApplyConditional(
                T, config, log(), batches, stage, (t, id, epoch, w) -> plainRows.hold(t, id, epoch, w), points, clock);
        ServiceIdentity identity =
                new ServiceIdentity(ServiceKind.STREAM_WORKER, "w" + workers++, 1, "localhost", Instant.EPOCH);
        return new ApplyIntents(T, config, log(), stage, batches, conditional, identity, points, clock, PATIENCE);
    }

    /**
     * A cleaner of another process, which rests by letting {@code rest} do what the other processes would do meanwhile.
     */
    public TidyFolder cleaner(String failPoints, TidyFolder.Tick rest) {
        FailPoints points = FailPoints.parse(failPoints);
        Clock clock = Clock.systemUTC();
        return new TidyFolder(
                T,
                config,
                log(),
                port(SnapshotReader.class),
                port(CleanUpBarrier.class),
                new PublishedKeyColumn(T, queue(), clock),
                new Stage(new FolderLayout(root), T, Stage.CLEANER, points),
                rest,
                points,
                port(MetricRegistry.class),
                clock);
    }

    /** What the refresher does where the visible rows stay the same: the watermark follows what is settled. */
    public void refresh(RefusedFile... refused) {
        SnapshotPublisher snapshots = port(SnapshotPublisher.class);
        Settled settled = log().settled(T).orElseThrow();
        if (lease == null) {
            lease = port(Leases.class).acquire(T, "refresher").orElseThrow();
        }
        Optional<Manifest> current = snapshots.manifest(T);
        if (current.isEmpty() || refused.length > 0) {
            snapshots.publish(
                    new Publication(
                            T,
                            current,
                            SnapshotFormat.ARROW,
                            new TableSchema(List.of(new Column("id", ScalarType.VARCHAR))),
                            new KeyColumn("id"),
                            List.of(),
                            List.of(),
                            1,
                            "root",
                            List.of(refused),
                            Optional.of(new WatermarkMove(settled.epoch(), settled.through())),
                            TypeBasis.NONE),
                    lease);
        } else {
            snapshots.moveWatermark(
                    T,
                    new Watermark(
                            settled.epoch(), settled.through(), current.get().version()),
                    lease);
        }
    }

    /** The visible rows that the op files mean, folded without any code of the cleaner: payload by id. */
    public Map<String, String> rows() throws IOException {
        Map<String, StreamId> versions = new TreeMap<>();
        Map<String, String> rows = new TreeMap<>();
        for (String name : files()) {
            OpFileName file = OpFileName.parse(name).orElse(null);
            if (file instanceof OpFileName.Upsert upsert) {
                lay(versions, rows, upsert.id().text(), upsert.last(), Files.readString(table.resolve(name)));
            } else if (file instanceof OpFileName.Delete delete) {
                lay(versions, rows, delete.id().text(), delete.last(), null);
            } else if (file != null) {
                for (String line : Files.readAllLines(table.resolve(name))) {
                    Op op = OpLine.parse(line);
                    lay(
                            versions,
                            rows,
                            op.id().text(),
                            op.streamId(),
                            op.payload().orElse(null));
                }
            }
        }
        return rows;
    }

    private static void lay(
            Map<String, StreamId> versions,
            Map<String, String> rows,
            String id,
            StreamId version,
            @Nullable String row) {
        StreamId known = versions.get(id);
        if (known == null || version.compareTo(known) > 0) {
            versions.put(id, version);
            rows.remove(id);
            if (row != null) {
                rows.put(id, row);
            }
        }
    }

    public static Request upsert(String id, String payload) {
        return new Request(new Intent.Upsert(new RowId(id), payload), Optional.empty());
    }

    public static Request upsertIf(String id, String payload, String condition) {
        return new Request(
                new Intent.Upsert(new RowId(id), payload),
                Optional.empty(),
                Optional.of(RowCondition.parse(condition)));
    }

    public static Request delete(String id) {
        return new Request(new Intent.Delete(new RowId(id)), Optional.empty());
    }

    public WriteToken enqueue(Request request) {
        EnqueueResult result = queue().enqueue(T, request);
        if (result instanceof EnqueueResult.Queued queued) {
            return queued.token();
        }
        throw new IllegalStateException("not queued: " + result);
    }

    /** The names of the table's files that are data. */
    public List<String> files() {
        try (Stream<Path> files = Files.list(table)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        closers.close();
    }
}
