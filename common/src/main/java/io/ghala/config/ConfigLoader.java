package io.ghala.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reads the settings from reference.conf, the file that GHALA_CONFIG names, and the environment, in rising order of
 * strength.
 */
public final class ConfigLoader {
    /** The environment names that settings are taken from, and the keys that they set. */
    public static final Map<String, String> ENVIRONMENT_NAMES = Map.ofEntries(
            Map.entry("TABLE", "ghala.tables"),
            Map.entry("DB_ROOT", "ghala.db-root"),
            Map.entry("KEY_COLUMN", "ghala.key-column"),
            Map.entry("GHALA_FAIL_POINTS", "ghala.fail-points"),
            Map.entry("REDIS_URL", "ghala.redis.url"),
            Map.entry("SCAN_INTERVAL_SEC", "ghala.refresher.scan-interval-sec"),
            Map.entry("CHANGE_DETECTION", "ghala.refresher.change-detection"),
            Map.entry("SCHEMA_EVOLUTION", "ghala.refresher.schema-evolution"),
            Map.entry("SNAPSHOT_FORMAT", "ghala.refresher.snapshot-format"),
            Map.entry("PARQUET_COMPRESSION", "ghala.parquet.compression"),
            Map.entry("PARQUET_DEBOUNCE_SEC", "ghala.parquet.debounce-sec"),
            Map.entry("PARQUET_PROVENANCE", "ghala.parquet.provenance"),
            Map.entry("PARQUET_BLOOM_COLUMNS", "ghala.parquet.bloom-columns"),
            Map.entry("PARQUET_SORT", "ghala.parquet.sort-columns"),
            Map.entry("PARQUET_ZSTD_LEVEL", "ghala.parquet.zstd-level"),
            Map.entry("SQL_OUTPUT_FORMAT", "ghala.query.output-format"),
            Map.entry("HTTP_BIND", "ghala.http.bind"),
            Map.entry("HTTP_PORT", "ghala.http.port"),
            Map.entry("HTTP_TOKEN", "ghala.http.token"),
            Map.entry("HTTP_HOSTS", "ghala.http.hosts"),
            Map.entry("HTTP_ORIGINS", "ghala.http.origins"));

    private static final String REFERENCE = "reference.conf";
    private static final String FILE_NAME = "GHALA_CONFIG";
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"|\\$\\{[^}]*\\}");
    private static final Pattern ASIDES = Pattern.compile(" \\(.*\\)");

    private final Config config;

    private ConfigLoader(Config config) {
        this.config = config;
    }

    /**
     * Reads and checks layers without interpreting them yet.
     *
     * @param environment the process environment; only names of {@link #ENVIRONMENT_NAMES} and GHALA_CONFIG are looked
     *     at
     * @throws InvalidConfigurationException when the file cannot be read or holds unknown keys
     */
    public static ConfigLoader of(Map<String, String> environment) {
        Config reference = ConfigFactory.parseResources(ConfigLoader.class.getClassLoader(), REFERENCE);
        Config file = file(environment.get(FILE_NAME));
        UnknownKeys.reject(file, reference);
        Config merged = file.withFallback(reference);
        for (Map.Entry<String, String> name : ENVIRONMENT_NAMES.entrySet()) {
            String value = environment.get(name.getKey());
            if (value != null && !value.isBlank()) {
                merged = merged.withValue(
                        name.getValue(), ConfigValueFactory.fromAnyRef(value, "environment name " + name.getKey()));
            }
        }
        return new ConfigLoader(merged);
    }

    private static Config file(@org.jspecify.annotations.Nullable String path) {
        if (path == null || path.isBlank()) {
            return ConfigFactory.empty();
        }
        try {
            return ConfigFactory.parseFile(
                            new File(path), ConfigParseOptions.defaults().setAllowMissing(false))
                    .resolve();
        } catch (ConfigException e) {
            throw new InvalidConfigurationException(List.of(FILE_NAME + "=" + path + ": " + withoutText(e)));
        }
    }

    /** What a parser says of a file without what stands in it: that may be a password. */
    private static String withoutText(ConfigException e) {
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return QUOTED.matcher(ASIDES.matcher(message).replaceAll("")).replaceAll("'…'");
    }

    /**
     * The settings as records.
     *
     * @param defaultHttpPort the port that {@code http.port = default} stands for
     * @throws InvalidConfigurationException with every problem found
     */
    public GhalaConfig load(int defaultHttpPort) {
        SettingsReader read = new SettingsReader(config);
        GhalaConfig loaded = SettingsRecords.read(read, defaultHttpPort);
        read.finish();
        return loaded;
    }

    /** One line for each setting that somebody set: key, value, where. Secrets are shown as {@code ***}. */
    public List<String> chosen() {
        return lines(entry -> !isDefault(entry.getValue()));
    }

    /** The same for those that nobody set. */
    public List<String> defaults() {
        return lines(entry -> isDefault(entry.getValue()));
    }

    private static boolean isDefault(ConfigValue value) {
        return REFERENCE.equals(value.origin().resource());
    }

    private List<String> lines(Predicate<Map.Entry<String, ConfigValue>> which) {
        return config.entrySet().stream()
                .filter(which)
                .map(entry -> entry.getKey() + " = " + shown(entry.getKey(), entry.getValue()) + "  ("
                        + SettingsReader.origin(entry.getValue()) + ")")
                .sorted()
                .collect(Collectors.toList());
    }

    private static String shown(String key, ConfigValue value) {
        String text = String.valueOf(value.unwrapped());
        if (key.equals("ghala.http.token")) {
            return text.isEmpty() ? "" : "***";
        }
        return key.equals("ghala.redis.url") ? RedisUrl.withoutPassword(text) : text;
    }
}
