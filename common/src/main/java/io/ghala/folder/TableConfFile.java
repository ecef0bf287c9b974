package io.ghala.folder;

import com.typesafe.config.Config;
import io.ghala.config.GhalaConfig.SchemaEvolution;
import io.ghala.model.Excerpt;
import io.ghala.model.TableName;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The file in a table's folder with the table's own settings, as far as more than one service looks at it. */
public final class TableConfFile {
    public static final String NAME = "_table.conf";

    private TableConfFile() {}

    /**
     * The text of the file, empty where there is none.
     *
     * @throws IOException saying what is the matter with the file and what to do
     */
    public static String text(Path folder) throws IOException {
        try {
            return Files.readString(folder.resolve(NAME));
        } catch (NoSuchFileException e) {
            return "";
        } catch (CharacterCodingException e) {
            throw new IOException("it is not text in UTF-8: save it as UTF-8", e);
        } catch (AccessDeniedException e) {
            throw new IOException("it may not be read: give the user of the services the right to read it", e);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(folder)) {
                return "";
            }
            throw new IOException("it cannot be read: it must be a file of text", e);
        }
    }

    /** The text that was last in force, empty where none is kept. It stands for a file that cannot be used now. */
    public static Optional<String> kept(FolderLayout layout, TableName table) throws IOException {
        try {
            return Optional.of(Files.readString(layout.keptConf(table)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Keeps {@code text}, durably, as what is in force. */
    public static void keep(FolderLayout layout, TableName table, String text) throws IOException {
        DurableFile.replace(layout.keptConf(table), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The policy that {@code conf} sets, or {@code otherwise}.
     *
     * @throws IllegalArgumentException when it sets one that there is not
     * @throws com.typesafe.config.ConfigException when it sets something else than a text
     */
    public static SchemaEvolution schema(Config conf, SchemaEvolution otherwise) {
        if (!conf.hasPath("schema")) {
            return otherwise;
        }
        String policy = conf.getString("schema");
        return Arrays.stream(SchemaEvolution.values())
                .filter(known -> known.name().equalsIgnoreCase(policy))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("schema must be union or fail, not '" + Excerpt.of(policy) + "'"));
    }
}
