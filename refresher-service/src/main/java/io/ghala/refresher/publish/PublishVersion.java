package io.ghala.refresher.publish;

import com.codahale.metrics.MetricRegistry;
import io.ghala.intent.SettledWrites.Settled;
import io.ghala.lease.Lease;
import io.ghala.model.SnapshotFormat;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.refresher.index.Part;
import io.ghala.refresher.parts.PlanParts;
import io.ghala.refresher.settings.TableSettings;
import io.ghala.refresher.state.TableState;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotPublisher;
import io.ghala.snapshot.SnapshotPublisher.Publication;
import io.ghala.snapshot.SnapshotPublisher.StaleBaseException;
import io.ghala.snapshot.SnapshotPublisher.WatermarkMove;
import io.ghala.snapshot.Watermark;
import io.ghala.snapshot.hash.ContentHash;
import io.ghala.type.TypeBasis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what the refresher knows of a table as a version, or moves the watermark alone where nothing changed. */
public final class PublishVersion {
    private static final Logger log = LoggerFactory.getLogger(PublishVersion.class);
    private final TableName table;
    private final SnapshotFormat format;
    private final SnapshotPublisher snapshots;
    private final StoreParts store;
    private final MetricRegistry metrics;

    public PublishVersion(
            TableName table,
            SnapshotFormat format,
            SnapshotPublisher snapshots,
            StoreParts store,
            MetricRegistry metrics) {
        this.table = table;
        this.format = format;
        this.snapshots = snapshots;
        this.store = store;
        this.metrics = metrics;
    }

    /**
     * Stores the marks of parts and swaps the manifest; {@code state} is of the version that is returned after it.
     *
     * @param settled how far writes are settled, all of which are in the state
     */
    public Manifest publish(TableState state, TableSettings settings, Optional<Settled> settled, Lease lease) {
        TableSchema schema = settings.schema(state.index().evidence());
        ContentHash content = new ContentHash();
        Map<Part, PartRef> refs = new HashMap<>();
        List<PartRef> listed = new ArrayList<>();
        List<PartRef> hidden = new ArrayList<>();
        for (Part part : state.index().parts()) {
            PartRef ref = store.storeMarks(part);
            refs.put(part, ref);
            content.addAll(part.content());
            (PlanParts.isListed(part) ? listed : hidden).add(ref);
        }
        Manifest manifest = snapshots.publish(
                new Publication(
                        table,
                        state.published(),
                        format,
                        schema,
                        settings.keyColumn(),
                        listed,
                        hidden,
                        state.count(),
                        content.root(schema),
                        state.refusedFiles(),
                        settled.map(s -> new WatermarkMove(s.epoch(), s.through())),
                        basis(state, settings, schema)),
                lease);
        refs.forEach(Part::published);
        store.published(manifest);
        state.published(manifest);
        count(manifest);
        return manifest;
    }

    private static TypeBasis basis(TableState state, TableSettings settings, TableSchema schema) {
        return TypeBasis.of(
                state.index().evidence(),
                state.index().origins().of(schema),
                settings.pinned().keySet());
    }

    private void count(Manifest manifest) {
        metrics.counter("ghala.refresher.refreshes").inc();
        metrics.histogram("ghala.refresher.snapshot_bytes").update(manifest.bytes());
    }

    /** Says that {@code manifest} holds all writes that are settled, if that is not said already. */
    public void moveWatermark(Optional<Settled> settled, Manifest manifest, Lease lease) {
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
