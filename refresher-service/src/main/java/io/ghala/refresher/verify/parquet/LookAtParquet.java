package io.ghala.refresher.verify.parquet;

import io.ghala.folder.FileChecksum;
import io.ghala.folder.FolderLayout;
import io.ghala.model.TableName;
import io.ghala.refresher.verify.findings.Difference;
import io.ghala.refresher.verify.findings.Difference.Place;
import io.ghala.refresher.verify.findings.Progress;
import io.ghala.refresher.verify.hash.GroupHashes;
import io.ghala.refresher.verify.parquet.CheckParquet.Published;
import io.ghala.snapshot.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/**
 * One look at the Parquet file of a table: is it there, does it open, of which version is it, and does it hold what
 * that version holds.
 */
public final class LookAtParquet implements AutoCloseable {
    private static final String JAVA_OBJECT = "[\\w.$]+@[0-9a-f]+";
    private static final long[] NO_GROUPS = new long[0];
    private final Path path;
    private final Path note;
    private final TableName table;
    private final BufferAllocator allocator;
    private final Progress progress;
    private final List<Difference> differences = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Optional<ConsolidatedFile> file;

    /** Opens the file. */
    public LookAtParquet(FolderLayout layout, TableName table, BufferAllocator allocator, Progress progress)
            throws IOException {
        this.path = layout.parquet(table);
        this.note = layout.parquetChecksum(table);
        this.table = table;
        this.allocator = allocator;
        this.progress = progress;
        compareChecksum();
        this.file = open();
    }

    /** The checksum sees what no page's does: the footer and the heads of pages. */
    private void compareChecksum() throws IOException {
        Optional<FileChecksum> noted = FileChecksum.read(note);
        if (noted.isEmpty() || !Files.exists(path)) {
            return;
        }
        FileChecksum now = FileChecksum.of(path);
        if (!now.equals(noted.get())) {
            differences.add(Difference.damagedParquet(
                    name(),
                    "it has " + now.shown() + ", the parquet-writer-service wrote "
                            + noted.get().shown()));
        }
    }

    private Optional<ConsolidatedFile> open() {
        if (!Files.exists(path)) {
            differences.add(Difference.content(
                    Place.PARQUET,
                    path.toString(),
                    "the file is not there",
                    "start the parquet-writer-service, or look for table " + table + " in its log"));
            return Optional.empty();
        }
        try {
            return Optional.of(ConsolidatedFile.open(path));
        } catch (IOException | RuntimeException e) {
            // parquet-java throws bare RuntimeExceptions for damaged bytes, and names files by their Java objects.
            String problem = String.valueOf(e.getMessage()).replaceAll(JAVA_OBJECT, name());
            differences.add(Difference.damagedParquet(name() + ", footer", "the file does not open: " + problem));
            return Optional.empty();
        }
    }

    private String name() {
        return String.valueOf(path.getFileName());
    }

    /** The numbers of rows of its row groups; none where it did not open. */
    public long[] groupRows() {
        return file.map(ConsolidatedFile::groupRows).orElse(NO_GROUPS);
    }

    /**
     * Reads all of it and compares it with the manifest's version; {@code groups} is empty where that version could not
     * be read.
     */
    public void check(Manifest manifest, Optional<GroupHashes> groups) {
        if (file.isEmpty()) {
            return;
        }
        ConsolidatedFile open = file.get();
        if (!open.table().equals(table.value())) {
            differences.add(
                    Difference.damagedParquet(name() + ", footer", "it says that it is of table " + open.table()));
        }
        boolean same = open.version().equals(manifest.version());
        if (open.version().isNewerThan(manifest.version())) {
            differences.add(Difference.content(
                    Place.PARQUET,
                    name() + ", footer",
                    "it says version " + open.version() + ", which is newer than the published " + manifest.version(),
                    "remove the file: the parquet-writer-service writes it anew"));
        } else if (!same) {
            notes.add(name() + " is of version " + open.version() + ", the snapshot of " + manifest.version()
                    + ": only whether it can be read was looked at");
        }
        progress.say("reading " + groupRows().length + " row groups of " + path);
        decode(open, same ? groups.map(of -> new Published(manifest, of)) : Optional.empty());
    }

    /** Reads all of it where there is nothing to compare it with. */
    public void check() {
        file.ifPresent(open -> decode(open, Optional.empty()));
    }

    private void decode(ConsolidatedFile open, Optional<Published> published) {
        differences.addAll(new CheckParquet(name(), open, allocator, progress).check(published));
    }

    public List<Difference> differences() {
        return differences;
    }

    public List<String> notes() {
        return notes;
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }
}
