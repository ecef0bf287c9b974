package io.ghala.folder;

import io.ghala.model.TableName;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;

/** Where things are below DB_ROOT. */
public record FolderLayout(Path root) {
    public Path table(TableName table) {
        return root.resolve(table.value());
    }

    /** The consolidated file of a table. */
    public Path parquet(TableName table) {
        return root.resolve(table + ".parquet");
    }

    /** The checksum of the consolidated file of a table. */
    public Path parquetChecksum(TableName table) {
        return parquetChecksums().resolve(table + ".crc32c");
    }

    /** The folder of the checksums of all consolidated files. */
    public Path parquetChecksums() {
        return own().resolve("parquet");
    }

    /** The folder of all stage folders. */
    public Path stages() {
        return own().resolve("stage");
    }

    /** The folder of the table's kept rows: what files said that cannot be read any more. */
    public Path kept(TableName table) {
        return own().resolve("keep").resolve(table.value());
    }

    /** The settings of the table that were last in force: they stand for a {@code _table.conf} that cannot be used. */
    public Path keptConf(TableName table) {
        return own().resolve("conf").resolve(table + ".conf");
    }

    private Path own() {
        return root.resolve(".ghala");
    }

    private Path marker() {
        return own().resolve("root");
    }

    /**
     * Checks that this is the real root: a share that is not mounted lists as empty and must not empty the tables.
     *
     * @param firstContact whether no table is known yet, so that the marker may be made
     * @throws IOException naming the root and the remedy
     */
    public void requireRoot(FirstContact firstContact) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new IOException(
                    "DB_ROOT " + root.toAbsolutePath() + " is no folder: create it, or mount it, or set DB_ROOT");
        }
        if (Files.isSymbolicLink(own())) {
            throw new IOException(
                    own().toAbsolutePath() + " is a link, and nothing is written through links: make it a folder");
        }
        if (Files.exists(marker(), LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!firstContact.holds()) {
            throw new IOException("DB_ROOT " + root.toAbsolutePath()
                    + " has no .ghala/root although its tables are known: is the share mounted? If the folder is right,"
                    + " create an empty file .ghala/root in it");
        }
        Files.createDirectories(own());
        try {
            Files.createFile(marker());
        } catch (FileAlreadyExistsException e) {
            // Another service made it at the same time.
            return;
        }
        sync(own());
    }

    /** Tells whether no table of this root is known yet. */
    public interface FirstContact {
        boolean holds();
    }

    /** The folders below the root whose names are table names. */
    public Set<TableName> tables() throws IOException {
        Set<TableName> tables = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    TableName.ofFolder(entry.getFileName().toString())
                            .filter(name -> !DataName.ignored(name.value()))
                            .ifPresent(tables::add);
                }
            }
        }
        return tables;
    }

    /** Makes renames and removals in {@code folder} durable. */
    public static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
