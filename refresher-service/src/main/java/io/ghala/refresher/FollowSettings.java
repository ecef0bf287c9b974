package io.ghala.refresher;

import io.ghala.config.GhalaConfig;
import io.ghala.config.GhalaConfig.SchemaEvolution;
import io.ghala.folder.ReferenceSchema;
import io.ghala.folder.TableConfFile;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.refresher.detect.FolderChange;
import io.ghala.refresher.read.TableFileReader;
import io.ghala.refresher.settings.SettingsInForce;
import io.ghala.refresher.settings.TableConf;
import io.ghala.refresher.settings.TableSettings;
import io.ghala.snapshot.hash.Xxh64;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings of one table as its folder has them: {@code _table.conf} and, under the policy {@code fail}, the
 * reference schema.
 */
final class FollowSettings {
    private static final Logger log = LoggerFactory.getLogger(FollowSettings.class);
    private final TableName table;
    private final Path folder;
    private final GhalaConfig config;
    private String confText = "";
    private Optional<String> problem = Optional.empty();
    private TableSettings settings;

    FollowSettings(TableName table, Path folder, GhalaConfig config) {
        this.table = table;
        this.folder = folder;
        this.config = config;
        this.settings = TableConf.parse("", config);
    }

    /** As last read. */
    TableSettings current() {
        return settings;
    }

    /** Reads them again; returns whether they are others, so that what was read under the former is of no use. */
    boolean read() throws IOException {
        SettingsInForce found = SettingsInForce.read(table, config);
        tell(found.problem());
        String text = found.text();
        TableSettings read = found.settings();
        if (read.evolution() == SchemaEvolution.FAIL) {
            read = ReferenceSchema.read(folder).map(read::withReference).orElse(read);
        }
        if (text.equals(confText) && read.reference().equals(settings.reference())) {
            return false;
        }
        // Kept before anything is published under them, so that a cold start finds what was in force.
        found.keep(table, config);
        settings = read;
        confText = text;
        return true;
    }

    private void tell(Optional<String> found) {
        if (found.isPresent() && !found.equals(problem)) {
            log.warn("settings not used table={} file={} problem=\"{}\"", table, TableConfFile.NAME, found.get());
        }
        problem = found;
    }

    /** Why {@code _table.conf} is not in force, empty when it is. */
    Optional<String> problem() {
        return problem;
    }

    /**
     * Under the policy fail, the first files to come decide what all others must fit.
     *
     * @param readers makes a reader of the table's files under given settings
     */
    void establishReference(FolderChange change, Function<TableSettings, TableFileReader> readers) throws IOException {
        if (settings.evolution() == SchemaEvolution.FAIL && settings.reference().isEmpty()) {
            Optional<TableSchema> schema = EstablishReference.from(change.toRead(), readers.apply(settings), settings);
            if (schema.isPresent()) {
                ReferenceSchema.write(folder, schema.get());
                settings = settings.withReference(schema.get());
                log.info(
                        "reference schema written table={} columns={}",
                        table,
                        schema.get().columns().size());
            }
        }
    }

    /** Parts that were read under settings of another hash are of no use. */
    long hash() {
        String text = confText + '\n' + settings.keyColumn() + '\n' + settings.evolution() + settings.reference();
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Xxh64.hash(utf8, 0, utf8.length, 0);
    }
}
