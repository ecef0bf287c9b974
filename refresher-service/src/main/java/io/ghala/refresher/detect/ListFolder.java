package io.ghala.refresher.detect;

import io.ghala.folder.DataName;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Lists the data files of a table's folder and of the folders below it. Names that are known cost their name alone; of
 * the others size and time are looked at. Links, pipes and devices are no data. A folder below that cannot be listed
 * keeps no other from being listed.
 */
final class ListFolder {
    private static final int LOOKED_AT_TOGETHER = 4096;

    private final Predicate<String> known;
    private final Sink sink;
    private final ExecutorService threads;
    private final Map<Path, Long> names = new LinkedHashMap<>();
    private final Map<String, String> unreadable = new LinkedHashMap<>();

    private ListFolder(Predicate<String> known, Sink sink, ExecutorService threads) {
        this.known = known;
        this.sink = sink;
        this.threads = threads;
    }

    /** Takes what is found; {@code file} is the path inside the folder with {@code /} between folders. */
    interface Sink {
        void known(String file);

        void other(FoundFile file);
    }

    /**
     * Lists once, completely or not at all.
     *
     * @param threads look at the files that are not known, where there are many
     * @throws NoSuchFileException when the folder is gone
     */
    static FolderNames list(Path folder, Predicate<String> known, Sink sink, ExecutorService threads)
            throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(folder.toString());
        }
        ListFolder listing = new ListFolder(known, sink, threads);
        listing.list(folder, "");
        return new FolderNames(listing.names, listing.unreadable);
    }

    /** A name that is not known. */
    private record Other(Path path, String file) {}

    /** Files and folders that were looked at. */
    private record Looked(List<FoundFile> files, List<Other> folders, Map<String, String> unreadable) {}

    private void list(Path at, String prefix) throws IOException {
        NameHash hash = new NameHash();
        // In its place before the folders below it are.
        names.put(at, 0L);
        List<Future<Looked>> looking = new ArrayList<>();
        List<Other> others = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(at)) {
            int nameAt = at.toString().length() + (at.toString().endsWith("/") ? 0 : 1);
            for (Path entry : entries) {
                String path = entry.toString();
                hash.add(path);
                found(entry, path.substring(nameAt), prefix, others);
                if (others.size() == LOOKED_AT_TOGETHER) {
                    List<Other> some = others;
                    looking.add(threads.submit(() -> look(some)));
                    others = new ArrayList<>();
                }
            }
            names.put(at, hash.value());
        } catch (NoSuchFileException | NotDirectoryException e) {
            if (prefix.isEmpty()) {
                throw e;
            }
            // A folder below was removed or replaced after its name was read: it is not there any more.
            names.remove(at);
        } catch (FileSystemException e) {
            if (prefix.isEmpty()) {
                throw e;
            }
            names.remove(at);
            unreadable.put(prefix.substring(0, prefix.length() - 1), reason(e));
            return;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        for (Future<Looked> some : looking) {
            take(await(some));
        }
        take(look(others));
    }

    private static String reason(FileSystemException e) {
        String what = e instanceof AccessDeniedException
                ? "it may not be read: give the user of the refresher-service the right to list and read it"
                : "it cannot be looked at: " + (e.getReason() == null ? "the system does not say why" : e.getReason());
        return what + "; its rows are shown as they were before";
    }

    /** A name whose bytes are not UTF-8: as text it is the name of another file, which is not there. */
    private static boolean isNoText(Path path, String name) {
        return name.indexOf('\uFFFD') >= 0 && !path.equals(Path.of(path.toString()));
    }

    private void found(Path path, String name, String prefix, List<Other> others) {
        String file = prefix.isEmpty() ? name : prefix + name;
        if (isNoText(path, name)) {
            unreadable.put(file, "the bytes of its name are not UTF-8, so nothing of it is in the table: rename it");
        } else if (known.test(file)) {
            sink.known(file);
        } else if (!DataName.ignored(name)) {
            others.add(new Other(path, file));
        }
    }

    private void take(Looked looked) throws IOException {
        looked.files().forEach(sink::other);
        unreadable.putAll(looked.unreadable());
        for (Other folder : looked.folders()) {
            list(folder.path(), folder.file() + "/");
        }
    }

    private static Looked await(Future<Looked> looking) throws IOException {
        try {
            return looking.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a folder was listed");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failure) {
                throw failure;
            }
            throw new IllegalStateException("files could not be looked at: " + e.getCause(), e);
        }
    }

    private static Looked look(List<Other> others) throws IOException {
        Looked looked = new Looked(new ArrayList<>(others.size()), new ArrayList<>(), new LinkedHashMap<>());
        for (Other other : others) {
            look(other, looked);
        }
        // The reader wants them in order, and to merge runs that are in order is little work.
        Collections.sort(looked.files());
        return looked;
    }

    private static void look(Other other, Looked looked) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = attributes(other.path());
        } catch (FileSystemException e) {
            looked.unreadable().put(other.file(), reason(e));
            return;
        }
        if (attributes != null && attributes.isDirectory()) {
            looked.folders().add(other);
        } else if (attributes != null && attributes.isRegularFile()) {
            looked.files().add(new FoundFile(other.file(), FileStamp.of(attributes)));
        }
    }

    private static @Nullable BasicFileAttributes attributes(Path path) throws IOException {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Removed between its name and its size.
            return null;
        }
    }
}
