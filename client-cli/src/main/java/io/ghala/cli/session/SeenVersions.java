package io.ghala.cli.session;

import io.ghala.model.InvalidValueException;
import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.query.SqlHeader;
import io.ghala.query.StatementHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest version of each table that this user has seen in the last ten minutes, so that a later command never gets
 * an older one from a replica that is behind. Kept in a file per Redis; where that cannot be written, commands do
 * without.
 */
public final class SeenVersions {
    private static final Logger log = LoggerFactory.getLogger(SeenVersions.class);
    /** Replicas differ for moments only; a Redis that was replaced must not be held to what the earlier one had. */
    private static final Duration MEMORY = Duration.ofMinutes(10);

    private final Optional<Path> file;

    private SeenVersions(Optional<Path> file) {
        this.file = file;
    }

    public static SeenVersions of(Map<String, String> environment, String redisUrl) {
        return new SeenVersions(StateFolder.of(environment)
                .map(folder -> folder.resolve("versions-" + StatementHash.of(redisUrl) + ".txt")));
    }

    public Map<TableName, SnapshotVersion> all() {
        Map<TableName, SnapshotVersion> versions = new TreeMap<>();
        try {
            if (file.isPresent() && Files.exists(file.get())) {
                long oldest = System.currentTimeMillis() - MEMORY.toMillis();
                for (String line : Files.readAllLines(file.get())) {
                    String[] fields = line.split(" ", -1);
                    if (fields.length == 3 && Long.parseLong(fields[2]) >= oldest) {
                        versions.put(new TableName(fields[0]), new SnapshotVersion(Long.parseLong(fields[1])));
                    }
                }
            }
        } catch (IOException | InvalidValueException | NumberFormatException e) {
            log.debug("versions not read", e);
        }
        return versions;
    }

    public void note(SqlHeader header) {
        if (file.isEmpty() || header.tables().isEmpty()) {
            return;
        }
        Map<TableName, SnapshotVersion> versions = new TreeMap<>(all());
        header.tables().forEach((table, state) -> versions.put(table, state.version()));
        List<String> lines = new ArrayList<>();
        versions.forEach((table, version) -> lines.add(table + " " + version + " " + System.currentTimeMillis()));
        try {
            PrivateFiles.createFolderOf(file.get());
            PrivateFiles.write(file.get(), String.join("\n", lines) + "\n");
        } catch (IOException e) {
            log.debug("versions not kept", e);
        }
    }
}
