package io.ghala.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A folder in which one incarnation of a process writes files before it renames them to their place. It is made once
 * and never again: whoever renames it away has fenced the incarnation, which then can bring nothing into the shared
 * folder any more.
 */
public final class StageFolder implements AutoCloseable {
    private final Path folder;
    private final AtomicLong sequence = new AtomicLong();

    private StageFolder(Path folder) {
        this.folder = folder;
    }

    /** Makes a stage of a name that nobody else has; {@code role} begins its name. */
    public static StageFolder create(FolderLayout layout, String role) throws IOException {
        Files.createDirectories(layout.stages());
        Path folder = layout.stages().resolve(role + "-" + UUID.randomUUID());
        return new StageFolder(Files.createDirectory(folder));
    }

    /** The stage's own name, which nobody else ever has. */
    public String name() {
        return folder.getFileName().toString();
    }

    /** The names of the stages of {@code role} that stand now, whoever made them. */
    public static Set<String> standing(FolderLayout layout, String role) throws IOException {
        Set<String> names = new TreeSet<>();
        try (DirectoryStream<Path> stages = Files.newDirectoryStream(layout.stages(), role + "-*")) {
            stages.forEach(stage -> names.add(stage.getFileName().toString()));
        }
        return names;
    }

    /**
     * Takes away the stage of that name, so that its process cannot rename anything any more, and removes it. It may be
     * gone already.
     */
    public static void fence(FolderLayout layout, String name) throws IOException {
        Path fenced = layout.stages().resolve("fenced-" + UUID.randomUUID());
        try {
            Files.move(layout.stages().resolve(name), fenced, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException e) {
            return;
        }
        removeTree(fenced);
    }

    /** A path for a new temporary file. */
    public Path newFile() {
        return folder.resolve(sequence.getAndIncrement() + ".tmp");
    }

    /** Makes a file's content durable. */
    public static void sync(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /**
     * Renames a temporary file to its place; the place's folder must be synced after it.
     *
     * @throws FencedException when this stage was taken away
     */
    public void rename(Path temporary, Path target) throws IOException {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (NoSuchFileException e) {
            throw fencedOr(e);
        }
    }

    /**
     * As {@link #rename}, for a place that nothing may be in: by a link where the file system has them, so that nothing
     * that comes there at the same moment is lost.
     *
     * @throws FileAlreadyExistsException when something is there
     * @throws FencedException when this stage was taken away
     */
    public void placeNew(Path temporary, Path target) throws IOException {
        try {
            Files.createLink(target, temporary);
            Files.delete(temporary);
        } catch (NoSuchFileException e) {
            throw fencedOr(e);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            rename(temporary, target);
        }
    }

    /** What a missing file means: that this stage was taken away, or just what it says. */
    public IOException fencedOr(NoSuchFileException e) {
        if (!Files.isDirectory(folder)) {
            throw new FencedException("stage folder " + folder + " was taken away: another process took over", e);
        }
        return e;
    }

    /**
     * Takes away all other stages of {@code role}, so that their processes cannot rename anything any more, and removes
     * them.
     */
    public void fenceOthers(FolderLayout layout, String role) throws IOException {
        for (String name : standing(layout, role)) {
            if (!name.equals(name())) {
                fence(layout, name);
            }
        }
    }

    private static void removeTree(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(folder);
    }

    @Override
    public void close() throws IOException {
        if (Files.isDirectory(folder)) {
            removeTree(folder);
        }
    }

    /** This incarnation was fenced: only a fresh one may go on. */
    public static final class FencedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        FencedException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
