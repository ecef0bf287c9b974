package io.ghala.refresher.detect;

import io.ghala.folder.DataName;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.TreeMap;

/** Lists the data files of a table's folder with sub-folders. Links, pipes and devices are no data and are never opened. */
public final class ListFolder {
    private ListFolder() {}

    /**
     * A complete listing.
     *
     * @throws NoSuchFileException when the folder itself is gone
     * @throws IOException when anything could not be listed: an incomplete listing is none
     */
    public static FolderListing list(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(folder.toString());
        }
        TreeMap<String, FileStamp> files = new TreeMap<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                return !dir.equals(folder) && DataName.ignored(dir.getFileName().toString())
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile()
                        && !DataName.ignored(file.getFileName().toString())) {
                    files.put(
                            folder.relativize(file).toString().replace('\\', '/'),
                            new FileStamp(
                                    attributes.size(),
                                    attributes.lastModifiedTime().toMillis()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException && !file.equals(folder)) {
                    // Removed between its name and its size: it is not in the folder any more.
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        return new FolderListing(files);
    }
}
