package io.ghala.refresher.verify.fold;

import io.ghala.folder.DataName;
import io.ghala.refresher.detect.FileStamp;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * All data files of a table's folder with their sizes and times, by path inside it; two equal listings are of one state
 * of the folder.
 */
public record FolderListing(Map<String, FileStamp> files) {
    public FolderListing {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /**
     * Lists the folder.
     *
     * @throws NoSuchFileException when it is gone
     */
    public static FolderListing of(Path folder) throws IOException {
        Map<String, FileStamp> files = new TreeMap<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path at, BasicFileAttributes attributes) {
                boolean data = at.equals(folder) || !DataName.ignored(name(at));
                return data ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path at, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && !DataName.ignored(name(at))) {
                    FileStamp stamp = new FileStamp(
                            attributes.size(), attributes.lastModifiedTime().toMillis());
                    files.put(folder.relativize(at).toString(), stamp);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path at, IOException problem) throws IOException {
                if (problem instanceof NoSuchFileException && !at.equals(folder)) {
                    // Removed between its name and its size.
                    return FileVisitResult.CONTINUE;
                }
                throw problem;
            }
        });
        return new FolderListing(files);
    }

    private static String name(Path at) {
        return String.valueOf(at.getFileName());
    }
}
