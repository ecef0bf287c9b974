package io.ghala.refresher.read;

import io.ghala.folder.FilePath;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The columns that the {@code key=value} folders above a file give to its rows. */
final class FolderColumns {
    private FolderColumns() {}

    /** By name, percent-decoded; {@code file} is the path inside the table's folder. */
    static Map<String, String> of(String file) {
        if (file.indexOf('/') < 0) {
            return Map.of();
        }
        Map<String, String> columns = new LinkedHashMap<>();
        for (String folder : new FilePath(file).folders()) {
            int equals = folder.indexOf('=');
            if (equals > 0) {
                columns.put(decoded(folder.substring(0, equals)), decoded(folder.substring(equals + 1)));
            }
        }
        return columns;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A stray percent sign is text like any other.
            return text;
        }
    }
}
