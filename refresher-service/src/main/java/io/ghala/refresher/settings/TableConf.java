package io.ghala.refresher.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import io.ghala.config.GhalaConfig;
import io.ghala.folder.TableConfFile;
import io.ghala.model.Column;
import io.ghala.model.ColumnType;
import io.ghala.model.KeyColumn;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a folder's {@code _table.conf} (HOCON): {@code key}, {@code types}, {@code csv} and {@code schema}. */
public final class TableConf {
    private static final Set<String> KEYS =
            Set.of("key", "schema", "csv.delimiter", "csv.header", "csv.quote", "csv.encoding");

    private TableConf() {}

    /**
     * The settings that {@code text} and the service's own make.
     *
     * @throws IllegalArgumentException naming the key and what was expected
     */
    public static TableSettings parse(String text, GhalaConfig service) {
        try {
            Config conf = ConfigFactory.parseString(text).resolve();
            Map<String, ColumnType> pinned = new HashMap<>();
            for (Map.Entry<String, ConfigValue> entry : conf.entrySet()) {
                if (!KEYS.contains(entry.getKey()) && !entry.getKey().startsWith("types.")) {
                    throw new IllegalArgumentException("there is no setting " + entry.getKey()
                            + ": use key, types, csv { delimiter, header, quote, encoding } or schema");
                }
            }
            if (conf.hasPath("types")) {
                conf.getConfig("types")
                        .root()
                        .forEach((column, type) ->
                                pinned.put(Column.fold(column), TypeText.parse(String.valueOf(type.unwrapped()))));
            }
            return new TableSettings(
                    conf.hasPath("key") ? new KeyColumn(conf.getString("key")) : service.keyColumn(),
                    pinned,
                    csv(conf),
                    TableConfFile.schema(conf, service.refresher().schemaEvolution()),
                    Optional.empty());
        } catch (ConfigException | IllegalArgumentException e) {
            throw new IllegalArgumentException(ConfProblem.of(e), e);
        }
    }

    private static CsvDialect csv(Config conf) {
        return new CsvDialect(
                conf.hasPath("csv.delimiter") ? Optional.of(character(conf, "csv.delimiter")) : Optional.empty(),
                !conf.hasPath("csv.header") || conf.getBoolean("csv.header"),
                conf.hasPath("csv.quote") ? character(conf, "csv.quote") : '"',
                conf.hasPath("csv.encoding")
                        ? Charset.forName(conf.getString("csv.encoding"))
                        : StandardCharsets.UTF_8);
    }

    private static char character(Config conf, String path) {
        String text = conf.getString(path);
        if (text.length() != 1) {
            throw new IllegalArgumentException(path + " must be one character, not '" + text + "'");
        }
        return text.charAt(0);
    }
}
