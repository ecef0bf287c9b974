package io.ghala.refresher.settings;

import io.ghala.config.GhalaConfig;
import io.ghala.folder.FolderLayout;
import io.ghala.folder.TableConfFile;
import io.ghala.model.TableName;
import java.io.IOException;
import java.util.Optional;

/**
 * The settings of a table that count: those of its {@code _table.conf}, or, where that cannot be used, those that were
 * in force before. These are kept in the folder, so that whoever begins from nothing finds the same.
 *
 * @param text what the settings were read from
 * @param problem why {@code _table.conf} is not used, empty when it is
 */
public record SettingsInForce(TableSettings settings, String text, Optional<String> problem) {
    private static final String REMEDY = "; the settings from before are in force until it is mended";

    /** Reads them; only a disk that fails is an error. */
    public static SettingsInForce read(TableName table, GhalaConfig config) throws IOException {
        FolderLayout layout = new FolderLayout(config.dbRoot());
        try {
            String text = TableConfFile.text(layout.table(table));
            return new SettingsInForce(TableConf.parse(text, config), text, Optional.empty());
        } catch (IOException | IllegalArgumentException e) {
            Optional<String> problem = Optional.of(e.getMessage() + REMEDY);
            String kept = TableConfFile.kept(layout, table).orElse("");
            try {
                return new SettingsInForce(TableConf.parse(kept, config), kept, problem);
            } catch (IllegalArgumentException unusable) {
                // Kept by a version that knew other settings.
                return new SettingsInForce(TableConf.parse("", config), "", problem);
            }
        }
    }

    /** Keeps them for when {@code _table.conf} cannot be used. Where there never were any nothing is kept. */
    public void keep(TableName table, GhalaConfig config) throws IOException {
        FolderLayout layout = new FolderLayout(config.dbRoot());
        Optional<String> kept = TableConfFile.kept(layout, table);
        if (problem.isEmpty() && !text.equals(kept.orElse(""))) {
            TableConfFile.keep(layout, table, text);
        }
    }
}
