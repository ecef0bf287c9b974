package io.ghala.refresher;

import com.codahale.metrics.MetricRegistry;
import io.ghala.config.GhalaConfig;
import io.ghala.intent.IntentLog;
import io.ghala.intent.IntentLog.Settled;
import io.ghala.lease.Lease;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.refresher.ApplyChange.Counts;
import io.ghala.refresher.ApplyChange.FolderMovedException;
import io.ghala.refresher.detect.FolderChange;
import io.ghala.refresher.detect.FoundFile;
import io.ghala.refresher.index.Part;
import io.ghala.refresher.keep.KeptRows;
import io.ghala.refresher.parts.PlanParts;
import io.ghala.refresher.publish.StoreParts;
import io.ghala.refresher.type.TypeOf;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.FolderLooks;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.RefusedFile;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.snapshot.SnapshotPublisher.Publication;
import io.ghala.snapshot.SnapshotPublisher.StaleBaseException;
import io.ghala.snapshot.SnapshotPublisher.WatermarkMove;
import io.ghala.snapshot.Watermark;
import io.ghala.snapshot.hash.ContentHash;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the published snapshot of one table up to its folder: which writes are settled, what changed in the folder, what that means for rows and
 * types, which parts follow, one flip. Each step is a class of its own. Whatever goes wrong on the way, what is known is thrown away and taken
 * up again from the published version, or from the folder where that cannot be.
 */
final class RefreshTable {
    private static final Logger log = LoggerFactory.getLogger(RefreshTable.class);
    private final TableName table;
    private final Path folder;
    private final GhalaConfig config;
    private final SnapshotPublisher snapshots;
    private final FolderLooks looks;
    private final IntentLog intents;
    private final RefreshTools tools;
    private final MetricRegistry metrics;
    private final Clock clock;
    private final LookAtFolder look;
    private final StoreParts store;
    private final KeptRows keep;
    private final FollowSettings settings;
    private final TakeUpTable takeUp;
    private final TableWishes wishes;
    private boolean repairing;
    private @Nullable TableState state;

    RefreshTable(
            TableName table,
            GhalaConfig config,
            SnapshotPublisher snapshots,
            FolderLooks looks,
            IntentLog intents,
            TableWishes wishes,
            RefreshTools tools,
            MetricRegistry metrics,
            Clock clock) {
        this.table = table;
        this.folder = config.dbRoot().resolve(table.value());
        this.config = config;
        this.snapshots = snapshots;
        this.looks = looks;
        this.intents = intents;
        this.wishes = wishes;
        this.tools = tools;
        this.metrics = metrics;
        this.clock = clock;
        this.look = new LookAtFolder(table, folder, tools.log(), config.refresher(), tools.threads(), clock);
        this.store = new StoreParts(table, snapshots, tools.allocator());
        this.keep = tools.kept(table);
        this.settings = new FollowSettings(table, folder, config);
        this.takeUp = new TakeUpTable(table, config.refresher().snapshotFormat(), snapshots, store);
    }

    /**
     * One refresh under the lease, with a listing of the folder if it is due or {@code asked} for; returns whether the folder should be looked at
     * again soon.
     *
     * @throws java.nio.file.NoSuchFileException when the table's folder is gone
     */
    boolean refresh(Lease lease, boolean asked) throws IOException {
        long startedMs = clock.millis();
        // Before the listing: whatever is settled now is in the files that the listing sees.
        Optional<Settled> settled = intents.settled(table);
        if (settings.read()) {
            state = null;
        }
        TableState current = current();
        try {
            FolderChange change =
                    withRepairs(current, look.look(current, settled, asked)).withAlso(wishes.toReadAnew(look, current));
            settings.establishReference(change, read -> tools.reader(folder, read));
            if (!change.isEmpty() || repairing || current.published().isEmpty()) {
                Counts counts = tools.change(folder, current, settings.current(), settings.hash(), store, keep)
                        .apply(change);
                publish(current, settled, counts, lease, startedMs);
                repairing = false;
                keep.drop(current::isRefused);
            } else {
                moveWatermark(settled, current.published().orElseThrow(), lease);
            }
        } catch (FolderMovedException e) {
            log.info("looking again table={} reason=\"{}\"", table, e.getMessage());
            state = null;
            return true;
        } catch (IOException | RuntimeException e) {
            state = null;
            throw e;
        }
        wishes.granted();
        wishes.tell(look, settings.problem());
        current.published()
                .ifPresent(manifest ->
                        looks.looked(table, manifest.version(), Duration.ofMillis(look.sinceListingMs()), lease));
        snapshots.sweep(table, lease);
        return look.lookAgain();
    }

    /** What is known of the table: as before while it is what is published, else taken up from there or begun anew. */
    private TableState current() {
        Optional<SnapshotVersion> version = publishedVersion();
        TableState known = state;
        if (known != null && known.published().map(Manifest::version).equals(version)) {
            return known;
        }
        TableState next = takeUp.state(settings.hash());
        look.startFrom(next);
        state = next;
        return next;
    }

    private Optional<SnapshotVersion> publishedVersion() {
        try {
            return snapshots.version(table);
        } catch (CorruptSnapshotException e) {
            log.warn("manifest damaged table={} problem=\"{}\"", table, e.getMessage());
            return Optional.empty();
        }
    }

    private SnapshotFormat format() {
        return config.refresher().snapshotFormat();
    }

    /** Readers that found a blob missing or damaged asked for repair: the files of such parts are read again. */
    private FolderChange withRepairs(TableState current, FolderChange change) {
        // Asked for until a version is published, whatever fails before.
        repairing |= snapshots.takeRepairRequest(table);
        if (!repairing) {
            return change;
        }
        List<FoundFile> damaged = new ArrayList<>();
        for (Part part : current.index().parts()) {
            if (part.ref().isPresent() && !intact(part.ref().get())) {
                log.warn("repairing table={} files={}", table, part.liveFiles().size());
                metrics.counter("ghala.refresher.repairs").inc();
                part.liveFiles().stream()
                        .filter(file -> !change.gone().contains(file.name()))
                        .forEach(file -> damaged.add(new FoundFile(file.name(), file.stamp())));
            }
        }
        return change.withAlso(damaged);
    }

    private boolean intact(PartRef part) {
        try {
            part.allBlobs().forEach(blob -> snapshots.blobs(List.of(blob)));
            return true;
        } catch (MissingBlobException | CorruptSnapshotException e) {
            log.warn("blob lost table={} problem=\"{}\"", table, e.getMessage());
            return false;
        }
    }

    private void publish(TableState current, Optional<Settled> settled, Counts counts, Lease lease, long startedMs) {
        TableSchema schema = TypeOf.schema(current.index().evidence(), settings.current());
        ContentHash content = new ContentHash();
        Map<Part, PartRef> refs = new HashMap<>();
        List<PartRef> listed = new ArrayList<>();
        List<PartRef> hidden = new ArrayList<>();
        for (Part part : current.index().parts()) {
            PartRef ref = store.storeMarks(part);
            refs.put(part, ref);
            content.addAll(part.content());
            (PlanParts.isListed(part) ? listed : hidden).add(ref);
        }
        List<RefusedFile> refused = current.refusedFiles();
        Optional<WatermarkMove> mark = settled.map(s -> new WatermarkMove(s.epoch(), s.through()));
        Manifest manifest = snapshots.publish(
                new Publication(
                        table,
                        current.published(),
                        format(),
                        schema,
                        settings.current().keyColumn(),
                        listed,
                        hidden,
                        current.count(),
                        content.root(schema),
                        refused,
                        mark),
                lease);
        refs.forEach(Part::published);
        store.published(manifest);
        current.published(manifest);
        report(manifest, counts, startedMs);
    }

    private void report(Manifest manifest, Counts counts, long startedMs) {
        long bytes = store.takeBytes();
        metrics.counter("ghala.refresher.refreshes").inc();
        metrics.counter("ghala.refresher.files_read").inc(counts.filesRead);
        metrics.counter("ghala.refresher.files_read_again").inc(counts.filesReadAgain);
        metrics.counter("ghala.refresher.bytes_published").inc(bytes);
        metrics.counter("ghala.refresher.parts_built").inc(counts.partsBuilt);
        metrics.counter("ghala.refresher.rows_built").inc(counts.rowsBuilt);
        metrics.histogram("ghala.refresher.snapshot_bytes").update(manifest.bytes());
        log.info(
                "refreshed table={} version={} files={} read={} refused={} rows={} parts={} built={} bytes={} ms={}",
                table,
                manifest.version(),
                manifest.files(),
                counts.filesRead,
                manifest.refused().size(),
                manifest.rows(),
                manifest.parts().size(),
                counts.rowsBuilt,
                bytes,
                clock.millis() - startedMs);
    }

    private void moveWatermark(Optional<Settled> settled, Manifest manifest, Lease lease) {
        if (settled.isEmpty()) {
            return;
        }
        Watermark mark = new Watermark(settled.get().epoch(), settled.get().through(), manifest.version());
        if (!snapshots.watermark(table).equals(Optional.of(mark))) {
            try {
                snapshots.moveWatermark(table, mark, lease);
            } catch (StaleBaseException e) {
                log.info("watermark not moved table={} reason=\"{}\"", table, e.getMessage());
            }
        }
    }
}
