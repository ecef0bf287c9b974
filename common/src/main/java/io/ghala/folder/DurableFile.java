package io.ghala.folder;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Files that appear whole and durable or not at all. A file whose fsync failed is never fsynced again, since the system
 * may have dropped what it could not write: every try writes a new one.
 */
public final class DurableFile {
    private DurableFile() {}

    /** What a file is to hold. */
    public interface Content {
        void write(OutputStream out) throws IOException;
    }

    /** Something to do between two steps of writing. */
    public interface Check {
        void make() throws IOException;
    }

    /**
     * Writes {@code content} to {@code file}, which is new, and makes it durable; its name is not yet.
     * {@code beforeSync} is made before that.
     */
    public static void create(Path file, Content content, Check beforeSync) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
            content.write(out);
            out.flush();
            beforeSync.make();
            channel.force(true);
        }
    }

    /**
     * Puts {@code content} in the place of {@code file}, durably, whatever was there. Its folder is made where it is
     * not there.
     */
    public static void replace(Path file, Content content) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IllegalArgumentException(file + " is in no folder");
        }
        Files.createDirectories(folder);
        Path temporary = folder.resolve("_" + UUID.randomUUID() + ".tmp");
        try {
            create(temporary, content, () -> {});
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
        FolderLayout.sync(folder);
    }
}
