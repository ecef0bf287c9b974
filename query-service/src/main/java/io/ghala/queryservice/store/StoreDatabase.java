package io.ghala.queryservice.store;

import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.model.SqlName;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/**
 * The DuckDB in memory that tables are loaded into: its schemas, its bounds, and everything closed that statements do
 * not need.
 */
final class StoreDatabase {
    private StoreDatabase() {}

    /**
     * Opens an empty one. Results of its connections are streamed.
     *
     * @throws SQLException when it does not start, or does not take a setting
     */
    static DuckDBConnection open(QuerySettings settings) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", properties);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA store");
            statement.execute("CREATE SCHEMA source");
            statement.execute("CREATE TABLE store.loaded(name VARCHAR, version BIGINT, published_at_ms BIGINT)");
            statement.execute("CREATE SCHEMA ghala");
            statement.execute("CREATE TABLE store.columns(table_name VARCHAR, column_name VARCHAR, position INTEGER,"
                    + " type VARCHAR, type_from VARCHAR)");
            statement.execute("CREATE VIEW ghala.columns AS SELECT * FROM store.columns ORDER BY table_name, position");
            statement.execute("SET threads=" + settings.threads());
            if (settings.memoryLimit().isPresent()) {
                statement.execute("SET memory_limit="
                        + SqlName.literal(settings.memoryLimit().get()));
            }
            // A checkpoint would compress what is loaded, holding up loads meanwhile and slowing down queries on text.
            statement.execute("SET checkpoint_threshold='1000TB'");
            // Without them the allocator keeps what a full load or a rewrite needed.
            statement.execute("SET allocator_background_threads=true");
            statement.execute("SET GLOBAL TimeZone='UTC'");
            statement.execute("SET autoinstall_known_extensions=false");
            statement.execute("SET autoload_known_extensions=false");
            statement.execute("SET allow_community_extensions=false");
            statement.execute("SET temp_directory=''");
            statement.execute("SET enable_external_access=false");
            statement.execute("SET lock_configuration=true");
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }
}
