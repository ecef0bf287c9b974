package io.ghala.refresher;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig;
import io.ghala.intent.IntentLog;
import io.ghala.intent.IntentLog.Settled;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.redis.Lease;
import io.ghala.refresher.build.BuildParts;
import io.ghala.refresher.build.BuildParts.Built;
import io.ghala.refresher.build.UnfitValueException;
import io.ghala.refresher.fold.FoldTable;
import io.ghala.refresher.fold.Folded;
import io.ghala.refresher.type.TypeOf;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.snapshot.SnapshotPublisher.Publication;
import io.ghala.snapshot.SnapshotPublisher.StaleBaseException;
import io.ghala.snapshot.SnapshotPublisher.WatermarkMove;
import io.ghala.snapshot.Watermark;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the published snapshot of one table up to its folder: which writes are settled, which files are there, what they mean together, which
 * types follow, the rows as blobs, one flip. Each step is a class of its own.
 */
final class RefreshTable {
    private static final Logger log = LoggerFactory.getLogger(RefreshTable.class);

    private final TableName table;
    private final GhalaConfig config;
    private final SnapshotPublisher snapshots;
    private final IntentLog intents;
    private final BuildParts build;
    private final MetricRegistry metrics;
    private final Clock clock;
    private final TableFiles files;
    private SnapshotVersion published = SnapshotVersion.NONE;

    RefreshTable(
            TableName table,
            GhalaConfig config,
            SnapshotPublisher snapshots,
            IntentLog intents,
            BuildParts build,
            MetricRegistry metrics,
            Clock clock) {
        this.table = table;
        this.config = config;
        this.snapshots = snapshots;
        this.intents = intents;
        this.build = build;
        this.metrics = metrics;
        this.clock = clock;
        this.files = new TableFiles(config.dbRoot().resolve(table.value()), config, clock);
    }

    /**
     * One refresh under the lease; returns whether the folder should be looked at again soon.
     *
     * @throws java.nio.file.NoSuchFileException when the table's folder is gone
     */
    boolean refresh(Lease lease) throws IOException {
        long startedMs = clock.millis();
        // Before the listing: whatever is settled now is in the files that the listing sees.
        Optional<Settled> settled = intents.settled(table);
        boolean changed = files.update();
        boolean repair = snapshots.takeRepairRequest(table);
        Optional<Manifest> current = currentManifest();
        SnapshotVersion base = current.map(Manifest::version).orElse(SnapshotVersion.NONE);
        if (!changed && !repair && current.isPresent() && base.equals(published)) {
            moveWatermark(settled, base, lease);
        } else {
            publish(settled, current, repair, lease, startedMs);
        }
        snapshots.sweep(table, lease);
        return files.lookAgain();
    }

    private Optional<Manifest> currentManifest() {
        try {
            return snapshots.manifest(table);
        } catch (CorruptSnapshotException e) {
            log.warn("manifest replaced table={} problem=\"{}\"", table, e.getMessage());
            snapshots.withdrawCorrupt(table);
            return Optional.empty();
        }
    }

    private void publish(
            Optional<Settled> settled, Optional<Manifest> current, boolean repair, Lease lease, long startedMs) {
        SnapshotVersion base = current.map(Manifest::version).orElse(SnapshotVersion.NONE);
        Folded folded = fold();
        TableSchema schema = TypeOf.schema(
                folded.evidence(),
                files.settings().keyColumn(),
                files.settings().pinned());
        Built built;
        try {
            built = build.build(folded, schema);
        } catch (UnfitValueException e) {
            files.refuse(e.file(), String.valueOf(e.getMessage()));
            publish(settled, current, repair, lease, startedMs);
            return;
        }
        if (!repair && current.isPresent() && same(current.get(), schema, built)) {
            published = base;
            moveWatermark(settled, base, lease);
            return;
        }
        List<BlobRef> blobs = snapshots.stage(table, built.blobs());
        long bytes = blobs.stream().mapToLong(BlobRef::bytes).sum();
        Manifest manifest = snapshots.publish(
                new Publication(
                        table,
                        current,
                        config.refresher().snapshotFormat(),
                        schema,
                        files.settings().keyColumn(),
                        List.of(new PartRef(
                                built.contentHash(),
                                schema,
                                built.rows(),
                                built.rows(),
                                bytes,
                                blobs,
                                Optional.empty(),
                                PartRef.Books.NONE)),
                        List.of(),
                        files.count(),
                        built.rootHash(),
                        files.refused(),
                        settled.map(s -> new WatermarkMove(s.epoch(), s.through()))),
                lease);
        published = manifest.version();
        metrics.counter("ghala.refresher.refreshes").inc();
        metrics.histogram("ghala.refresher.snapshot_bytes").update(bytes);
        log.info(
                "refreshed table={} version={} files={} refused={} rows={} bytes={} ms={}",
                table,
                manifest.version(),
                manifest.files(),
                manifest.refused().size(),
                manifest.rows(),
                bytes,
                clock.millis() - startedMs);
    }

    private Folded fold() {
        return FoldTable.fold(files.sources(), files.settings().keyColumn());
    }

    private boolean same(Manifest manifest, TableSchema schema, Built built) {
        return manifest.rootHash().equals(built.rootHash())
                && manifest.schema().equals(schema)
                && manifest.files() == files.count()
                && manifest.refused().equals(files.refused())
                && manifest.keyColumn().equals(files.settings().keyColumn())
                && manifest.format() == config.refresher().snapshotFormat();
    }

    private void moveWatermark(Optional<Settled> settled, SnapshotVersion version, Lease lease) {
        if (settled.isEmpty()) {
            return;
        }
        Watermark mark = new Watermark(settled.get().epoch(), settled.get().through(), version);
        if (!snapshots.watermark(table).equals(Optional.of(mark))) {
            try {
                snapshots.moveWatermark(table, mark, lease);
            } catch (StaleBaseException e) {
                log.info("watermark not moved table={} reason=\"{}\"", table, e.getMessage());
            }
        }
    }
}
