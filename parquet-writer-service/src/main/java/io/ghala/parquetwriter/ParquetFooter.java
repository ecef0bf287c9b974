package io.ghala.parquetwriter;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.snapshot.Manifest;
import io.ghala.snapshot.SchemaCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the footer of a consolidated file says: which version of which table it is. */
record ParquetFooter(String table, SnapshotVersion version, String rootHash, String options) {
    private static final Logger log = LoggerFactory.getLogger(ParquetFooter.class);
    private static final String TABLE = "ghala.table";
    private static final String VERSION = "ghala.version";
    private static final String ROOT_HASH = "ghala.root_hash";
    private static final String SCHEMA = "ghala.schema";
    private static final String OPTIONS = "ghala.options";

    static Map<String, String> metadata(Manifest manifest, FileOptions options) {
        return Map.of(
                TABLE, manifest.table().value(),
                VERSION, manifest.version().toString(),
                ROOT_HASH, manifest.rootHash(),
                OPTIONS, options.toString(),
                SCHEMA, SchemaCodec.encode(manifest.schema()).toString());
    }

    /** Empty where there is no file, or one that does not open or does not name a version of ours. */
    static Optional<ParquetFooter> read(Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            Map<String, String> metadata = reader.getFileMetaData().getKeyValueMetaData();
            String version = metadata.getOrDefault(VERSION, "");
            return version.matches("[0-9]{1,18}")
                    ? Optional.of(new ParquetFooter(
                            metadata.getOrDefault(TABLE, ""),
                            new SnapshotVersion(Long.parseLong(version)),
                            metadata.getOrDefault(ROOT_HASH, ""),
                            metadata.getOrDefault(OPTIONS, "")))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            log.warn(
                    "parquet file does not open file={} problem=\"{}\"",
                    file,
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            return Optional.empty();
        }
    }

    /**
     * Whether the file is version {@code published} of {@code wanted}, or a newer one, and was written with
     * {@code with}.
     */
    boolean holds(TableName wanted, SnapshotVersion published, FileOptions with) {
        return table.equals(wanted.value())
                && options.equals(with.toString())
                && (version.equals(published) || version.isNewerThan(published));
    }
}
