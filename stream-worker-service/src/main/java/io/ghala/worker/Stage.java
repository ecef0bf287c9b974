package io.ghala.worker;

import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.OpFileName;
import io.ghala.folder.StageFolder;
import io.ghala.service.Closers;
import io.ghala.service.FailPoints;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings op files durably into a table's folder by way of this process's stage folder. */
final class Stage {
    private static final String ROLE = "worker";
    private final FolderLayout layout;
    private final FailPoints failPoints;
    private @Nullable StageFolder folder;

    @Inject
    Stage(GhalaConfig config, FailPoints failPoints, Closers closers) {
        this.layout = new FolderLayout(config.dbRoot());
        this.failPoints = failPoints;
        closers.register("stage", this::remove);
    }

    /** A file to be: its final name and its content. */
    @SuppressWarnings("ArrayRecordComponent") // contents are neither compared nor changed
    record OpFile(OpFileName name, byte[] content) {}

    /**
     * Makes the files durable in {@code table}'s folder: each written and fsynced under a name of its own, then renamed, then the folder
     * fsynced. An existing target is written again, since who wrote it may not have fsynced it.
     *
     * @throws StageFolder.FencedException when this process's stage folder is gone
     * @throws IOException when the folder cannot take the files; none of them may be taken as applied
     */
    void write(Path table, List<OpFile> files) throws IOException {
        StageFolder stage = folder();
        List<Path> written = new ArrayList<>();
        try {
            for (OpFile file : files) {
                Path temporary = stage.newFile();
                written.add(temporary);
                failPoints.reach("worker.before-temp-write");
                writeDurably(temporary, file.content());
                failPoints.reach("worker.after-fsync");
            }
            for (int i = 0; i < files.size(); i++) {
                stage.rename(written.get(i), table.resolve(files.get(i).name().fileName()));
                failPoints.reach("worker.after-rename");
            }
            FolderLayout.sync(table);
            failPoints.reach("worker.after-folder-sync");
        } catch (NoSuchFileException e) {
            throw stage.fencedOr(e);
        } finally {
            for (Path temporary : written) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private void writeDurably(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            failPoints.reach("worker.after-temp-write");
            channel.force(true);
        }
    }

    private synchronized StageFolder folder() throws IOException {
        if (folder == null) {
            folder = StageFolder.create(layout, ROLE);
        }
        return folder;
    }

    private synchronized void remove() throws IOException {
        if (folder != null) {
            folder.close();
        }
    }
}
