package io.ghala.refresher.detect;

import io.ghala.folder.DataName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Lists the data files of a table's folder and of the folders below it. Names that are known cost their name alone; of the others size and
 * time are looked at. Links, pipes and devices are no data.
 */
final class ListFolder {
    private final Predicate<String> known;
    private final Sink sink;
    private final Map<Path, Long> names = new LinkedHashMap<>();

    private ListFolder(Predicate<String> known, Sink sink) {
        this.known = known;
        this.sink = sink;
    }

    /** Takes what is found; {@code file} is the path inside the folder with {@code /} between folders. */
    interface Sink {
        void known(String file);

        void other(String file, FileStamp stamp);
    }

    /**
     * Lists once, completely or not at all.
     *
     * @throws NoSuchFileException when the folder is gone
     */
    static FolderNames list(Path folder, Predicate<String> known, Sink sink) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(folder.toString());
        }
        ListFolder listing = new ListFolder(known, sink);
        listing.list(folder, "");
        return new FolderNames(listing.names);
    }

    private void list(Path at, String prefix) throws IOException {
        NameHash hash = new NameHash();
        // In its place before the folders below it are.
        names.put(at, 0L);
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(at)) {
            int nameAt = at.toString().length() + (at.toString().endsWith("/") ? 0 : 1);
            for (Path entry : entries) {
                String path = entry.toString();
                hash.add(path);
                String name = path.substring(nameAt);
                String file = prefix.isEmpty() ? name : prefix + name;
                if (known.test(file)) {
                    sink.known(file);
                } else if (!DataName.ignored(name)) {
                    other(entry, file);
                }
            }
            names.put(at, hash.value());
        } catch (NoSuchFileException e) {
            if (prefix.isEmpty()) {
                throw e;
            }
            // A folder below was removed after its name was read: it is not there any more.
            names.remove(at);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private void other(Path entry, String file) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            // Removed between its name and its size.
            return;
        }
        if (attributes.isDirectory()) {
            list(entry, file + "/");
        } else if (attributes.isRegularFile()) {
            sink.other(file, FileStamp.of(attributes));
        }
    }
}
