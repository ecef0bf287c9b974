package io.ghala.worker;

import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.OpFileName;
import io.ghala.service.Closers;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which this process writes before it renames. It is made once and never again: whoever renames it away has fenced this
 * process, which then can bring nothing into a table's folder any more.
 */
final class Stage {
    private final FolderLayout layout;
    private @Nullable Path folder;
    private final AtomicLong sequence = new AtomicLong();

    @Inject
    Stage(GhalaConfig config, Closers closers) {
        this.layout = new FolderLayout(config.dbRoot());
        closers.register("stage", this::remove);
    }

    /** A file to be: its final name and its content. */
    @SuppressWarnings("ArrayRecordComponent") // contents are neither compared nor changed
    record OpFile(OpFileName name, byte[] content) {}

    /**
     * Makes the files durable in {@code table}'s folder: each written and fsynced under a name of its own, then renamed, then the folder
     * fsynced. An existing target is written again, since who wrote it may not have fsynced it.
     *
     * @throws FencedException when this process's stage folder is gone
     * @throws IOException when the folder cannot take the files; none of them may be taken as applied
     */
    void write(Path table, List<OpFile> files) throws IOException {
        Path stage = folder();
        List<Path> written = new ArrayList<>();
        try {
            for (OpFile file : files) {
                Path temporary = stage.resolve(sequence.getAndIncrement() + ".tmp");
                written.add(temporary);
                writeDurably(temporary, file.content());
            }
            for (int i = 0; i < files.size(); i++) {
                Files.move(
                        written.get(i),
                        table.resolve(files.get(i).name().fileName()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            FolderLayout.sync(table);
        } catch (NoSuchFileException e) {
            if (!Files.isDirectory(stage)) {
                throw new FencedException("stage folder " + stage + " was taken away: another process took over", e);
            }
            throw e;
        } finally {
            for (Path temporary : written) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private static void writeDurably(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private synchronized Path folder() throws IOException {
        if (folder == null) {
            Path fresh = layout.stages().resolve(UUID.randomUUID().toString());
            Files.createDirectories(layout.stages());
            Files.createDirectory(fresh);
            folder = fresh;
        }
        return folder;
    }

    private synchronized void remove() throws IOException {
        if (folder != null) {
            Files.deleteIfExists(folder);
        }
    }

    /** This process was fenced: only a fresh one may go on. */
    static final class FencedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FencedException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
