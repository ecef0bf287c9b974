package io.ghala.folder;

import com.typesafe.config.Config;
import io.ghala.config.GhalaConfig.SchemaEvolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** The file in a table's folder with the table's own settings, as far as more than one service looks at it. */
public final class TableConfFile {
    public static final String NAME = "_table.conf";

    private TableConfFile() {}

    /** The text of the file, empty where there is none. */
    public static String text(Path folder) throws IOException {
        try {
            return Files.readString(folder.resolve(NAME));
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    /**
     * The policy that {@code conf} sets, or {@code otherwise}.
     *
     * @throws IllegalArgumentException when it sets one that there is not
     * @throws com.typesafe.config.ConfigException when it sets something else than a text
     */
    public static SchemaEvolution schema(Config conf, SchemaEvolution otherwise) {
        return conf.hasPath("schema")
                ? SchemaEvolution.valueOf(conf.getString("schema").toUpperCase(Locale.ROOT))
                : otherwise;
    }
}
