package io.ghala.parquetwriter;

import io.ghala.folder.FileChecksum;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.StageFolder;
import io.ghala.model.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The consolidated file of one table. It is read whole and compared with the checksum noted when it was written: when first seen, when its size
 * or time changed, and every {@code checkInterval}; between these its footer is remembered.
 */
final class TableFile {
    private static final Logger log = LoggerFactory.getLogger(TableFile.class);

    private final Path file;
    private final Path note;
    private final Path noteFolder;
    private final Path root;
    private final TableName table;
    private final Duration checkInterval;
    private final LongSupplier nanos;
    private Optional<Seen> seen = Optional.empty();

    private record Seen(long bytes, FileTime modified, Optional<ParquetFooter> footer, long checkedNanos) {}

    /** {@code nanos} is the time that {@code checkInterval} is counted by. */
    TableFile(TableName table, FolderLayout layout, Duration checkInterval, LongSupplier nanos) {
        this.table = table;
        this.file = layout.parquet(table);
        this.note = layout.parquetChecksum(table);
        this.noteFolder = layout.parquetChecksums();
        this.root = layout.root();
        this.checkInterval = checkInterval;
        this.nanos = nanos;
    }

    /** The footer of the file; empty where there is no file, or one that is damaged or not ours: it is to be written anew. */
    Optional<ParquetFooter> footer() throws IOException {
        try {
            look(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            seen = Optional.empty();
        }
        return seen.flatMap(Seen::footer);
    }

    private void look(BasicFileAttributes now) throws IOException {
        boolean known = seen.filter(last -> last.bytes() == now.size()
                        && last.modified().equals(now.lastModifiedTime())
                        && nanos.getAsLong() - last.checkedNanos() < checkInterval.toNanos())
                .isPresent();
        if (!known) {
            Optional<ParquetFooter> footer =
                    now.isRegularFile() && isIntact() ? ParquetFooter.read(file) : Optional.empty();
            seen = Optional.of(new Seen(now.size(), now.lastModifiedTime(), footer, nanos.getAsLong()));
        }
    }

    private boolean isIntact() throws IOException {
        Optional<FileChecksum> noted = FileChecksum.read(note);
        if (noted.isPresent() && noted.get().equals(FileChecksum.of(file))) {
            return true;
        }
        log.warn(
                "parquet file differs table={} file={} noted={} next=\"is written anew\"",
                table,
                file,
                noted.map(FileChecksum::toString).orElse("nothing"));
        return false;
    }

    /**
     * Puts {@code temporary}, whose bytes are durable, in the file's place.
     *
     * @throws StageFolder.FencedException when the stage was taken away; the file is untouched
     */
    void replace(Path temporary, FileChecksum checksum, StageFolder stage) throws IOException {
        Path noted = stage.newFile();
        try {
            checksum.write(noted);
            StageFolder.sync(noted);
        } catch (NoSuchFileException e) {
            throw stage.fencedOr(e);
        }
        Files.createDirectories(noteFolder);
        // The note goes first: a crash between the two leaves a file that differs from its note and is written anew.
        stage.rename(noted, note);
        FolderLayout.sync(noteFolder);
        stage.rename(temporary, file);
        FolderLayout.sync(root);
        seen = Optional.empty();
    }
}
