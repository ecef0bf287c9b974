package io.ghala.parquetwriter;

import io.ghala.folder.FileBeginning;
import io.ghala.folder.FileChecksum;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.StageFolder;
import io.ghala.model.TableName;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
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
 * The consolidated file of one table. It is read whole and compared with the checksum noted when it was written: when
 * first seen, when its size or time changed, and every {@code checkInterval}; between these its footer is remembered.
 * What lies in its place and was not written by Ghala is never touched.
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

    /** What lay there at the last look; {@code foreign} says what it is if it is none of ours. */
    private record Seen(
            long bytes,
            FileTime modified,
            Optional<ParquetFooter> footer,
            Optional<String> foreign,
            long checkedNanos) {
        boolean isOf(BasicFileAttributes now) {
            return bytes == now.size() && modified.equals(now.lastModifiedTime());
        }
    }

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

    /**
     * The footer of the file; empty where there is no file, or one of ours that is damaged: it is to be written anew.
     *
     * @throws ForeignFileException when what is there was not written by Ghala for this table
     */
    Optional<ParquetFooter> footer() throws IOException, ForeignFileException {
        try {
            look(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            seen = Optional.empty();
        }
        Optional<String> foreign = seen.flatMap(Seen::foreign);
        if (foreign.isPresent()) {
            throw new ForeignFileException(file, foreign.get());
        }
        return seen.flatMap(Seen::footer);
    }

    private void look(BasicFileAttributes now) throws IOException {
        boolean known = seen.filter(
                        last -> last.isOf(now) && nanos.getAsLong() - last.checkedNanos() < checkInterval.toNanos())
                .isPresent();
        if (!known) {
            seen = Optional.of(seen(now));
        }
    }

    private Seen seen(BasicFileAttributes now) throws IOException {
        Optional<ParquetFooter> footer = now.isRegularFile() ? ParquetFooter.read(file) : Optional.empty();
        Optional<String> foreign = foreign(now, footer);
        boolean holds = foreign.isEmpty() && footer.isPresent() && isIntact();
        return new Seen(
                now.size(), now.lastModifiedTime(), holds ? footer : Optional.empty(), foreign, nanos.getAsLong());
    }

    /**
     * Ours is what says so in its footer, what begins as we wrote it although it is damaged now, and what holds
     * nothing.
     */
    private Optional<String> foreign(BasicFileAttributes now, Optional<ParquetFooter> footer) throws IOException {
        if (!now.isRegularFile()) {
            return Optional.of(now.isSymbolicLink() ? "a link" : now.isDirectory() ? "a folder" : "no regular file");
        }
        if (now.size() == 0
                || footer.filter(of -> of.table().equals(table.value())).isPresent()) {
            return Optional.empty();
        }
        Optional<FileChecksum> noted = FileChecksum.read(note);
        if (noted.isPresent() && noted.get().beginning().became(FileBeginning.of(file))) {
            return Optional.empty();
        }
        return Optional.of(
                footer.map(of -> "the Parquet file of table " + of.table()).orElse("a file that Ghala did not write"));
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
                noted.map(FileChecksum::shown).orElse("nothing"));
        return false;
    }

    /**
     * Puts {@code temporary}, whose bytes are durable, in the file's place.
     *
     * @throws StageFolder.FencedException when the stage was taken away; the file is untouched
     * @throws ForeignFileException when something else came there since {@link #footer} looked; it is untouched
     */
    void replace(Path temporary, FileChecksum checksum, StageFolder stage) throws IOException, ForeignFileException {
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
        place(temporary, stage);
        FolderLayout.sync(root);
        seen = Optional.empty();
    }

    private void place(Path temporary, StageFolder stage) throws IOException, ForeignFileException {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (seen.filter(last -> last.isOf(now)).isEmpty()) {
                throw new ForeignFileException(file, "a file that appeared while the table's own was being made");
            }
            stage.rename(temporary, file);
        } catch (NoSuchFileException e) {
            try {
                stage.placeNew(temporary, file);
            } catch (FileAlreadyExistsException there) {
                throw new ForeignFileException(file, "a file that appeared while the table's own was being made");
            }
        }
    }
}
