package io.ghala.worker.stage;

import io.ghala.folder.DurableFile;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.OpFileName;
import io.ghala.folder.StageFolder;
import io.ghala.folder.StageFolder.FencedException;
import io.ghala.model.TableName;
import io.ghala.service.FailPoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings op files durably into a table's folder by way of a stage folder. A stage stands for one incarnation: it is
 * made before anything is taken from the stream, and whoever takes it away has fenced everything that was taken since.
 * Used by one thread.
 */
public final class Stage {
    /** Kind of stages that apply writes. */
    public static final String WORKER = "worker";
    /** Kind of stages that tidy up. */
    public static final String CLEANER = "cleaner";

    private static final Logger log = LoggerFactory.getLogger(Stage.class);
    /**
     * What a new stage tries to write, so that a full or read-only folder is noticed before anything is taken from the
     * stream.
     */
    private static final int PROBE_BYTES = 4096;

    private final FolderLayout layout;
    private final Path table;
    private final String kind;
    private final String role;
    private final FailPoints failPoints;
    private @Nullable StageFolder folder;

    /** {@code kind} is worker or cleaner. */
    public Stage(FolderLayout layout, TableName table, String kind, FailPoints failPoints) {
        this.layout = layout;
        this.table = layout.table(table);
        this.kind = kind;
        this.role = role(kind, table);
        this.failPoints = failPoints;
    }

    public static String role(String kind, TableName table) {
        return kind + "-" + table;
    }

    /** A file to be: its final name and its content. */
    @SuppressWarnings("ArrayRecordComponent") // contents are neither compared nor changed
    public record OpFile(OpFileName name, byte[] content) {}

    /**
     * The stage's name; makes it if this is a new incarnation.
     *
     * @throws IOException when the folder cannot take files now
     */
    public String open() throws IOException {
        if (folder == null) {
            StageFolder fresh = StageFolder.create(layout, role);
            folder = fresh;
            try {
                probe(PROBE_BYTES);
            } catch (IOException e) {
                folder = null;
                closeQuietly(fresh, e);
                throw e;
            }
        }
        return folder.name();
    }

    private static void closeQuietly(StageFolder stage, IOException cause) {
        try {
            stage.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** Takes away the stages of all other incarnations of the same kind and table. */
    public void fenceOthers() throws IOException {
        standing().fenceOthers(layout, role);
    }

    private StageFolder standing() throws IOException {
        open();
        if (folder == null) {
            throw new IOException("the stage of " + table + " is not open");
        }
        return folder;
    }

    /** Gives up this incarnation; the next use begins a new one. */
    public void leave() {
        try {
            if (folder != null) {
                folder.close();
            }
        } catch (IOException e) {
            log.warn("stage not removed stage={} problem=\"{}\"", folder, e.getMessage());
        }
        folder = null;
    }

    /**
     * Makes the files durable in the table's folder: each written and fsynced under a name of its own, then renamed,
     * then the folder fsynced. A file that failed is never fsynced again: the next try writes another one.
     *
     * @throws FencedException when this stage was taken away
     * @throws IOException when the folder cannot take the files; none of them may be taken as applied
     */
    public void write(List<OpFile> files) throws IOException {
        write(files, () -> {});
    }

    /**
     * As {@link #write(List)}; {@code check} is made when all is durable but nothing renamed, and may throw to keep it
     * so.
     */
    public void write(List<OpFile> files, DurableFile.Check check) throws IOException {
        StageFolder stage = standing();
        List<Path> written = new ArrayList<>();
        try {
            for (OpFile file : files) {
                Path temporary = stage.newFile();
                written.add(temporary);
                reach("before-temp-write");
                DurableFile.create(temporary, out -> out.write(file.content()), () -> reach("after-temp-write"));
                reach("after-fsync");
            }
            check.make();
            for (int i = 0; i < files.size(); i++) {
                stage.rename(written.get(i), table.resolve(files.get(i).name().fileName()));
                reach("after-rename");
            }
            FolderLayout.sync(table);
            reach("after-folder-sync");
        } catch (NoSuchFileException e) {
            throw stage.fencedOr(e);
        } finally {
            for (Path temporary : written) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private void reach(String step) {
        failPoints.reach(kind + "." + step);
    }

    /** Whether the folder takes {@code bytes} now, asked after a failure: then it was not the folder's fault. */
    public Optional<IOException> folderProblem(long bytes) {
        try {
            probe(bytes);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(e);
        }
    }

    private void probe(long bytes) throws IOException {
        StageFolder stage = standing();
        Path temporary = stage.newFile();
        Path target = table.resolve(".probe-" + UUID.randomUUID() + ".tmp");
        try {
            byte[] content = new byte[(int) Math.min(bytes, 1 << 28)];
            DurableFile.create(temporary, out -> out.write(content), () -> {});
            stage.rename(temporary, target);
        } catch (NoSuchFileException e) {
            throw stage.fencedOr(e);
        } finally {
            Files.deleteIfExists(temporary);
            Files.deleteIfExists(target);
        }
    }
}
