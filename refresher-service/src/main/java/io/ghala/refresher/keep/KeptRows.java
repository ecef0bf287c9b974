package io.ghala.refresher.keep;

import io.ghala.folder.DurableFile;
import io.ghala.folder.FilePath;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.OpFileName;
import io.ghala.model.TableName;
import io.ghala.refresher.index.KnownFile;
import io.ghala.refresher.index.Part;
import io.ghala.refresher.index.RowKey;
import io.ghala.refresher.index.RowOrigins;
import io.ghala.refresher.rows.SourceRows;
import io.ghala.snapshot.BlobRef;
import io.ghala.snapshot.CorruptSnapshotException;
import io.ghala.snapshot.MissingBlobException;
import io.ghala.snapshot.PartRef;
import io.ghala.snapshot.SnapshotReader;
import io.ghala.snapshot.codec.BlobCodec;
import io.ghala.snapshot.text.JsonRowText;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.type.EvidenceJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Keeps the last good rows of plain files. A kept file is JSON lines: a header with the file's name and evidence, then
 * a line per row with its key and its values as they are stored. Hidden rows whose values are not stored are not kept.
 * Op files are not kept: they never change.
 */
public final class KeptRows {
    private final Path folder;
    private final SnapshotReader snapshots;
    private final BlobCodec codec;
    private final BufferAllocator allocator;

    public KeptRows(
            FolderLayout layout,
            TableName table,
            SnapshotReader snapshots,
            BlobCodec codec,
            BufferAllocator allocator) {
        this.folder = layout.kept(table);
        this.snapshots = snapshots;
        this.codec = codec;
        this.allocator = allocator;
    }

    private Path place(String file) {
        RowKey key = RowKey.of(file);
        return folder.resolve(String.format("%016x%08x.ndjson", key.high(), key.low()));
    }

    /** The kept rows of the file, empty where there are none. */
    public Optional<List<SourceRows>> read(String file) throws IOException {
        try (InputStream in = Files.newInputStream(place(file))) {
            return Optional.of(ReadKept.read(file, in));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /**
     * Makes the rows of {@code file} durable as {@code parts} store them; false for a file that is not kept because it
     * is of writes.
     *
     * @throws IOException when the folder does not take them, or the stored rows cannot be had
     */
    public boolean keep(KnownFile file, List<Part> parts) throws IOException {
        String name = new FilePath(file.name()).name();
        if (OpFileName.parse(name).isPresent()) {
            return false;
        }
        try {
            DurableFile.replace(place(file.name()), out -> write(file, parts, out));
        } catch (MissingBlobException | CorruptSnapshotException e) {
            throw new IOException("the rows of " + file.name() + " cannot be kept: " + e.getMessage(), e);
        }
        return true;
    }

    private void write(KnownFile file, List<Part> parts, OutputStream out) throws IOException {
        out.write(ReadKept.header(file.name(), EvidenceJson.encode(file.evidence())));
        for (Part part : parts) {
            Optional<PartRef> ref = part.ref();
            if (ref.isPresent() && !ref.get().blobs().isEmpty()) {
                write(part, part.rowsOf(file), ref.get(), out);
            }
        }
    }

    private void write(Part part, int[] rows, PartRef ref, OutputStream out) throws IOException {
        RowOrigins origins = new RowOrigins(part.index());
        int first = 0;
        int next = 0;
        for (BlobRef blob : ref.blobs()) {
            int end = first + Math.toIntExact(blob.rows());
            if (next < rows.length && rows[next] < end) {
                byte[] bytes = snapshots.blobs(List.of(blob)).get(0);
                try (VectorSchemaRoot root = codec.decode(bytes, ref.schema(), allocator)) {
                    JsonRowText text = new JsonRowText(root.getFieldVectors()
                            .subList(0, ref.schema().columns().size()));
                    for (; next < rows.length && rows[next] < end; next++) {
                        Utf8Buffer row = new Utf8Buffer();
                        text.append(rows[next] - first, row);
                        out.write(ReadKept.row(origins.keyText(rows[next]), row.toByteArray()));
                    }
                }
            }
            first = end;
        }
    }

    /** Removes the kept rows of all files but those that {@code still} names: they are read again or gone. */
    public void drop(Predicate<String> still) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        boolean dropped = false;
        try (DirectoryStream<Path> kept = Files.newDirectoryStream(folder)) {
            for (Path file : kept) {
                if (!still.test(ReadKept.name(file).orElse(""))) {
                    Files.deleteIfExists(file);
                    dropped = true;
                }
            }
        }
        if (dropped) {
            FolderLayout.sync(folder);
        }
    }
}
