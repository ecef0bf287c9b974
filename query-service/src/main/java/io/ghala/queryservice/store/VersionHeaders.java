package io.ghala.queryservice.store;

import io.ghala.model.SnapshotVersion;
import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.query.SqlHeader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.duckdb.DuckDBConnection;

/**
 * The versions that a transaction sees, told from what was loaded before it began, since asking in DuckDB takes longer
 * than many statements do, and by asking there when others were committed meanwhile.
 */
public final class VersionHeaders {
    private final LoadedVersions versions;
    private final Map<TableName, Instant> confirmed;
    private final Map<TableName, String> stale;

    /**
     * Both maps change while this is used.
     *
     * @param confirmed when each loaded version was last known to be the newest
     * @param stale why a loaded version is not the published one
     */
    VersionHeaders(LoadedVersions versions, Map<TableName, Instant> confirmed, Map<TableName, String> stale) {
        this.versions = versions;
        this.confirmed = confirmed;
        this.stale = stale;
    }

    /** To be taken before a transaction begins. */
    public Moment moment() {
        return new Moment(versions.moment());
    }

    /** The versions that were loaded before a transaction began. */
    public static final class Moment {
        private final LoadedVersions.Moment noted;

        private Moment(LoadedVersions.Moment noted) {
            this.noted = noted;
        }

        /** The columns of those of {@code tables} that were loaded. */
        public Map<TableName, TableSchema> schemas(Set<TableName> tables) {
            Map<TableName, TableSchema> schemas = new TreeMap<>();
            noted.versions().forEach((table, version) -> {
                if (tables.contains(table)) {
                    schemas.put(table, version.schema());
                }
            });
            return schemas;
        }
    }

    /**
     * The versions that the running transaction of {@code connection} sees of {@code tables}, as far as it sees them.
     *
     * @param before taken before it began
     */
    public SqlHeader of(DuckDBConnection connection, Set<TableName> tables, Moment before) throws SQLException {
        Optional<SqlHeader> unchanged = ifUnchanged(tables, before);
        return unchanged.isPresent() ? unchanged.get() : seenBy(connection, tables);
    }

    /**
     * The versions that a transaction sees of {@code tables} which has begun to see anything by now; empty where others
     * were committed since the moment.
     *
     * @param before taken before it began
     */
    public Optional<SqlHeader> ifUnchanged(Set<TableName> tables, Moment before) {
        if (!versions.stillAt(before.noted)) {
            return Optional.empty();
        }
        Map<TableName, SqlHeader.TableState> states = new TreeMap<>();
        before.noted.versions().forEach((table, version) -> {
            if (tables.contains(table)) {
                states.put(table, state(table, version.number(), version.publishedAt()));
            }
        });
        return Optional.of(new SqlHeader(states));
    }

    private SqlHeader seenBy(DuckDBConnection connection, Set<TableName> tables) throws SQLException {
        Map<TableName, SqlHeader.TableState> states = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT name, version, published_at_ms FROM store.loaded")) {
            while (rows.next()) {
                TableName table = new TableName(rows.getString(1));
                if (tables.contains(table)) {
                    Instant published = Instant.ofEpochMilli(rows.getLong(3));
                    states.put(table, state(table, new SnapshotVersion(rows.getLong(2)), published));
                }
            }
        }
        return new SqlHeader(states);
    }

    private SqlHeader.TableState state(TableName table, SnapshotVersion version, Instant published) {
        return new SqlHeader.TableState(
                version, published, confirmed.getOrDefault(table, published), Optional.ofNullable(stale.get(table)));
    }
}
