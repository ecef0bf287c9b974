package io.ghala.refresher.detect;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The names that a listing saw, as one hash per folder. Whether the names are still the same is found out without
 * looking any of them up: a folder that nobody touched gives them in the same order.
 *
 * @param unreadable what could not be listed or looked at, by its path inside the folder, and why
 */
record FolderNames(Map<Path, Long> hashes, Map<String, String> unreadable) {
    FolderNames {
        hashes = new LinkedHashMap<>(hashes);
        unreadable = Map.copyOf(unreadable);
    }

    /** Whether {@code file} is, or lies below, what could not be looked at. */
    boolean hides(String file) {
        return !unreadable.isEmpty()
                && unreadable.keySet().stream().anyMatch(path -> file.equals(path) || file.startsWith(path + "/"));
    }

    /**
     * Whether all folders hold the same names as then; also false when one cannot be listed, which the listing after it
     * will tell.
     */
    boolean same() throws IOException {
        for (Map.Entry<Path, Long> folder : hashes.entrySet()) {
            OptionalLong now = hash(folder.getKey());
            if (now.isEmpty() || now.getAsLong() != folder.getValue()) {
                return false;
            }
        }
        return true;
    }

    private static OptionalLong hash(Path folder) throws IOException {
        NameHash hash = new NameHash();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                hash.add(entry.toString());
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return OptionalLong.empty();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return OptionalLong.of(hash.value());
    }
}
