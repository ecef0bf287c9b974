package io.ghala.folder;

import io.ghala.config.GhalaConfig.TableSelection;
import io.ghala.model.TableName;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What lies in DB_ROOT: the tables, and what is none, each with its reason, so that nothing that people put there is
 * passed over in silence.
 *
 * @param tables folders whose names are table names, selected or not
 * @param unserved what is no table, by name; without what is hidden, unfinished or our own
 */
public record RootListing(Set<TableName> tables, List<UnservedEntry> unserved) {
    /** More names than these help nobody. */
    private static final int MOST_UNSERVED = 1000;

    private static final String CONSOLIDATED = ".parquet";

    public RootListing {
        tables = Set.copyOf(tables);
        unserved = List.copyOf(unserved);
    }

    /** Lists {@code root}; {@code selection} says which tables somebody asked for by name. */
    public static RootListing of(Path root, TableSelection selection) throws IOException {
        Set<TableName> tables = new TreeSet<>();
        Set<UnservedEntry> unserved = new TreeSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (DataName.ignored(name)) {
                    continue;
                }
                Optional<TableName> table = TableName.ofFolder(name);
                if (table.isPresent() && Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    tables.add(table.get());
                } else {
                    unserved.add(new UnservedEntry(name, reason(entry, name)));
                }
            }
        }
        for (TableName wanted : selection.names()) {
            if (!tables.contains(wanted)) {
                unserved.add(new UnservedEntry(
                        wanted.value(), "TABLE names it, but there is no such folder: make it, or correct TABLE"));
            }
        }
        unserved.removeIf(entry -> isConsolidated(entry.name(), tables));
        return new RootListing(tables, unserved.stream().limit(MOST_UNSERVED).toList());
    }

    private static boolean isConsolidated(String name, Set<TableName> tables) {
        return name.endsWith(CONSOLIDATED)
                && TableName.ofFolder(name.substring(0, name.length() - CONSOLIDATED.length()))
                        .filter(tables::contains)
                        .isPresent();
    }

    private static String reason(Path entry, String name) {
        if (Files.isSymbolicLink(entry)) {
            return "it is a link, which is never followed: move the folder itself here, or mount it";
        }
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            return "a table's name is 1 to 63 of a-z, 0-9 and _, not starting with a digit"
                    + suggestion(name)
                            .map(better -> ": rename the folder, for example to " + better)
                            .orElse(": rename the folder");
        }
        if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
            return "it is neither a file nor a folder";
        }
        return DataName.parse(name)
                .map(data -> "a table is a folder: move the file into one, for example "
                        + suggestion(data.stem()).orElse("my_table") + "/" + name)
                .orElse("it is no data that Ghala reads: tables are folders");
    }

    /** A table name that looks like {@code name}. */
    private static Optional<String> suggestion(String name) {
        String plain =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "_").replaceAll("^_+|_+$", "");
        String begun = plain.matches("[0-9].*") ? "t_" + plain : plain;
        return Stream.of(begun)
                .map(text -> text.length() > 63 ? text.substring(0, 63) : text)
                .filter(text -> TableName.ofFolder(text).isPresent())
                .findFirst();
    }
}
