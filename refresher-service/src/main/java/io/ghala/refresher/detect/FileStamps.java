package io.ghala.refresher.detect;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** What files of a table's folder look like now, by their path inside it. Links are never followed. */
record FileStamps(Path folder) {
    /** What is there: a file with its stamp, something that is no file, or nothing. */
    record Look(Optional<FileStamp> stamp, boolean isOther) {
        private static final Look NOTHING = new Look(Optional.empty(), false);
        private static final Look OTHER = new Look(Optional.empty(), true);
    }

    Look of(String file) throws IOException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(folder.resolve(file), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? new Look(Optional.of(FileStamp.of(attributes)), false) : Look.OTHER;
        } catch (NoSuchFileException e) {
            return Look.NOTHING;
        } catch (FileSystemException e) {
            if (aFolderAboveIsNone(file)) {
                return Look.NOTHING;
            }
            throw e;
        }
    }

    /** A folder on the way was replaced by a file: there is nothing below it. */
    private boolean aFolderAboveIsNone(String file) {
        for (int end = file.indexOf('/'); end >= 0; end = file.indexOf('/', end + 1)) {
            if (!Files.isDirectory(folder.resolve(file.substring(0, end)), LinkOption.NOFOLLOW_LINKS)) {
                return true;
            }
        }
        return false;
    }
}
