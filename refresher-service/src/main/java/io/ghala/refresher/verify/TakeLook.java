package io.ghala.refresher.verify;

import io.ghala.config.GhalaConfig;
import io.ghala.config.GhalaConfig.SchemaEvolution;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.ReferenceSchema;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.refresher.keep.KeptRows;
import io.ghala.refresher.parts.FitTypes;
import io.ghala.refresher.read.TableFileReader;
import io.ghala.refresher.read.format.TypedFiles;
import io.ghala.refresher.rows.ReadLimits;
import io.ghala.refresher.settings.SettingsInForce;
import io.ghala.refresher.settings.TableSettings;
import io.ghala.refresher.verify.compare.CompareFiles;
import io.ghala.refresher.verify.compare.CompareRows;
import io.ghala.refresher.verify.compare.CompareSchemas;
import io.ghala.refresher.verify.compare.FindParts;
import io.ghala.refresher.verify.compare.ReadSnapshot;
import io.ghala.refresher.verify.findings.Difference;
import io.ghala.refresher.verify.findings.Difference.Place;
import io.ghala.refresher.verify.findings.Progress;
import io.ghala.refresher.verify.fold.CastFolder;
import io.ghala.refresher.verify.fold.FoldFolder;
import io.ghala.refresher.verify.fold.FoldedFolder;
import io.ghala.refresher.verify.fold.FolderListing;
import io.ghala.refresher.verify.hash.TableHashes;
import io.ghala.refresher.verify.parquet.LookAtParquet;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.codec.BlobCodecs;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/** Looks once at manifest, folder, snapshot and Parquet file of a table, in this order, and compares them. */
public final class TakeLook {
    private final GhalaConfig config;
    private final SnapshotReader snapshots;
    private final TypedFiles typed;
    private final BufferAllocator allocator;
    private final Progress progress;

    @Inject
    public TakeLook(
            GhalaConfig config,
            SnapshotReader snapshots,
            TypedFiles typed,
            BufferAllocator allocator,
            Progress progress) {
        this.config = config;
        this.snapshots = snapshots;
        this.typed = typed;
        this.allocator = allocator;
        this.progress = progress;
    }

    /**
     * What a look saw.
     *
     * @param state what it was of; empty when that changed meanwhile
     * @param summary what was compared, in one line
     */
    record Look(Optional<State> state, List<Difference> differences, List<String> notes, String summary) {}

    /** A state of folder and snapshot. */
    record State(Optional<SnapshotVersion> version, Optional<FolderListing> listing) {}

    /** Looks at {@code table}. */
    Look take(TableName table) throws IOException {
        return new OneLook(table).take();
    }

    /** The steps of one look and what they found. */
    private final class OneLook {
        private final TableName table;
        private final Path folder;
        private final LookAtParquet parquet;
        private final List<Difference> differences = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();
        private String summary = "";

        OneLook(TableName table) throws IOException {
            FolderLayout layout = new FolderLayout(config.dbRoot());
            this.table = table;
            this.folder = layout.table(table);
            this.parquet = new LookAtParquet(layout, table, allocator, progress);
        }

        Look take() throws IOException {
            Optional<Manifest> manifest = manifest();
            Optional<FolderListing> listing = listing();
            try (parquet) {
                if (manifest.isPresent() && listing.isPresent()) {
                    compare(manifest.get(), listing.get());
                } else {
                    notCompared(manifest);
                }
                differences.addAll(parquet.differences());
                notes.addAll(parquet.notes());
            }
            State before = new State(manifest.map(Manifest::version), listing);
            boolean still = listing().equals(listing) && stillPublished(manifest);
            return new Look(still ? Optional.of(before) : Optional.empty(), differences, notes, summary);
        }

        private Optional<Manifest> manifest() {
            try {
                Optional<Manifest> manifest = snapshots.manifest(table);
                if (manifest.isEmpty()) {
                    differences.add(Difference.content(
                            Place.MANIFEST,
                            "in Redis",
                            "table " + table + " is not published",
                            "start the refresher-service, or look for table " + table + " in its log"));
                }
                return manifest;
            } catch (CorruptSnapshotException e) {
                differences.add(Difference.damagedManifest(String.valueOf(e.getMessage())));
                return Optional.empty();
            }
        }

        private boolean stillPublished(Optional<Manifest> manifest) {
            try {
                return manifest.isEmpty() || snapshots.version(table).equals(manifest.map(Manifest::version));
            } catch (CorruptSnapshotException e) {
                progress.say("the manifest was damaged while it was looked at: " + e.getMessage());
                return false;
            }
        }

        private Optional<FolderListing> listing() throws IOException {
            try {
                return Optional.of(FolderListing.of(folder));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }

        private void notCompared(Optional<Manifest> manifest) {
            if (manifest.isPresent()) {
                differences.add(Difference.content(
                        Place.FOLDER,
                        folder.toString(),
                        "the folder is gone, the table is still published",
                        "start the refresher-service, which withdraws the table, or bring the folder back"));
            }
            parquet.check();
        }

        private void compare(Manifest manifest, FolderListing listing) throws IOException {
            TableSettings settings = settings();
            compareKeys(manifest, settings);
            progress.say("reading " + listing.files().size() + " files of " + folder);
            FitTypes fit = new FitTypes(settings, allocator);
            FoldedFolder folded = new FoldFolder(settings, () -> reader(settings), fit, kept(manifest), progress)
                    .fold(listing.files().keySet());
            TableHashes inFolder = new CastFolder(folded, allocator, progress).hashes();
            progress.say("reading version " + manifest.version() + ": " + manifest.rows() + " rows in "
                    + manifest.parts().size() + " parts");
            ReadSnapshot published =
                    new ReadSnapshot(manifest, snapshots, parquet.groupRows(), allocator, progress).read();
            differences.addAll(published.damages());
            differences.addAll(CompareFiles.compare(listing, folded, manifest));
            differences.addAll(CompareSchemas.compare(folded.schema(), manifest.schema()));
            if (published.whole()) {
                differences.addAll(CompareRows.compare(inFolder, published.hashes()));
                differences.addAll(new FindParts(inFolder, published.hashes(), manifest, snapshots, allocator).find());
            } else {
                notes.add("rows were not compared, since the snapshot is damaged");
            }
            parquet.check(manifest, published.whole() ? Optional.of(published.groups()) : Optional.empty());
            summary = "table " + table + " version " + manifest.version() + ": " + manifest.rows() + " rows of "
                    + listing.files().size() + " files in "
                    + manifest.schema().columns().size() + " columns, "
                    + folded.refused().size() + " files refused";
        }

        private void compareKeys(Manifest manifest, TableSettings settings) {
            if (!manifest.keyColumn().equals(settings.keyColumn())) {
                differences.add(Difference.content(
                        Place.MANIFEST,
                        "key column",
                        "it is " + settings.keyColumn() + " by the settings and " + manifest.keyColumn()
                                + " in the snapshot",
                        "set KEY_COLUMN for verify as for the refresher-service"));
            }
        }

        private TableSettings settings() throws IOException {
            TableSettings read = SettingsInForce.read(table, config).settings();
            return read.evolution() == SchemaEvolution.FAIL
                    ? ReferenceSchema.read(folder).map(read::withReference).orElse(read)
                    : read;
        }

        private KeptRows kept(Manifest manifest) {
            return new KeptRows(
                    new FolderLayout(config.dbRoot()), table, snapshots, BlobCodecs.of(manifest.format()), allocator);
        }

        private TableFileReader reader(TableSettings settings) {
            ReadLimits limits = new ReadLimits(
                    config.refresher().maxFileBytes(),
                    config.refresher().maxFileRows(),
                    config.refresher().maxUnpackedBytes());
            return new TableFileReader(folder, settings, limits, typed);
        }
    }
}
