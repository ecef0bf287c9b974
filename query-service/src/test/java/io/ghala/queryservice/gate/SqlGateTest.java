package io.ghala.queryservice.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.model.TableName;
import io.ghala.query.SqlProblemException;
import java.sql.SQLException;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlGateTest {
    private static final SqlParser PARSER = new SqlParser();
    private static final SqlGate GATE = new SqlGate(PARSER);
    private static final Set<TableName> KNOWN = Set.of(new TableName("orders"), new TableName("customers"));

    @AfterAll
    static void close() throws SQLException {
        PARSER.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM orders",
                "FROM orders",
                "SELECT _file, _version FROM source.orders",
                "SELECT 1",
                "SELECT count(*), sum(q) FROM orders o JOIN customers c USING (id) GROUP BY ALL ORDER BY 1 LIMIT 5",
                "WITH x AS (SELECT * FROM orders) SELECT * FROM x UNION ALL SELECT * FROM x",
                "WITH RECURSIVE r AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM r WHERE i < 5) SELECT * FROM r",
                "SELECT row_number() OVER (PARTITION BY a ORDER BY b) FROM orders QUALIFY row_number() OVER () = 1",
                "SELECT list_transform([1, 2], lambda x: x + 1), {'a': 1}.a, [1, 2][1], CAST('1' AS DECIMAL(10, 2))",
                "SELECT CASE WHEN a BETWEEN 1 AND 2 THEN 'x' ELSE NULL END, a IS NULL, a IN (1, 2), a LIKE 'x%' FROM orders",
                "SELECT date_trunc('month', d), extract(year FROM d), d + INTERVAL 1 DAY FROM orders",
                "SELECT unnest([1, 2]), * EXCLUDE (a) FROM orders, LATERAL (SELECT 1) l, range(3) r",
                "SELECT a, sum(b) FILTER (WHERE b > 1) FROM orders GROUP BY GROUPING SETS ((a), ()) HAVING sum(b) > 0",
                "SELECT regexp_replace(a, 'x', 'y'), json_extract_string(j, '$.a'), j->>'a' FROM orders",
                "SELECT DISTINCT ON (a) * FROM orders ORDER BY a DESC NULLS LAST OFFSET 2",
                "SELECT * FROM orders WHERE EXISTS (SELECT 1 FROM customers c WHERE c.id = orders.id)",
                "SELECT * FROM (VALUES (1, 'a'), (2, 'b')) v(x, y)"
            })
    void letsReadsThrough(String sql) {
        assertThat(GATE.check(sql, KNOWN)).isSubsetOf(KNOWN);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "SELECT 1; SELECT 2",
                "SELEC 1",
                "DELETE FROM orders",
                "UPDATE orders SET a = 1",
                "INSERT INTO orders VALUES (1)",
                "CREATE TABLE t AS SELECT 1",
                "DROP VIEW orders",
                "ALTER TABLE orders ADD COLUMN x INT",
                "TRUNCATE orders",
                "COPY orders TO '/tmp/x'",
                "COPY (SELECT 1) TO '/tmp/x'",
                "COPY orders FROM '/etc/passwd'",
                "EXPORT DATABASE '/tmp/x'",
                "IMPORT DATABASE '/tmp/x'",
                "ATTACH '/tmp/x.db'",
                "DETACH memory",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET threads=1",
                "RESET threads",
                "PRAGMA database_list",
                "CALL pragma_version()",
                "CHECKPOINT",
                "VACUUM",
                "BEGIN",
                "COMMIT",
                "PREPARE p AS SELECT 1",
                "EXECUTE p",
                "EXPLAIN ANALYZE DELETE FROM orders",
                "USE memory",
                "WITH x AS (DELETE FROM orders RETURNING *) SELECT * FROM x",
                "WITH x AS (COPY orders TO '/tmp/p') SELECT 1",
                "WITH x AS (INSERT INTO orders VALUES (1) RETURNING *) SELECT 1",
                "WITH x AS (UPDATE orders SET a = 1) SELECT 1",
                "SELECT * FROM 'f.csv'",
                "SELECT * FROM \"/etc/passwd\"",
                "SELECT * FROM read_csv('/etc/passwd')",
                "SELECT * FROM read_text('/etc/passwd')",
                "SELECT * FROM read_blob('/etc/*')",
                "SELECT * FROM glob('/*')",
                "SELECT * FROM read_parquet('x')",
                "SELECT * FROM read_json('x')",
                "SELECT * FROM sniff_csv('x')",
                "SELECT * FROM query('DROP VIEW orders')",
                "SELECT * FROM query_table('orders')",
                "SELECT * FROM duckdb_settings()",
                "SELECT * FROM duckdb_secrets()",
                "SELECT * FROM information_schema.tables",
                "SELECT * FROM pg_catalog.pg_class",
                "SELECT * FROM sqlite_master",
                "SELECT * FROM store.loaded",
                "SELECT * FROM memory.store.loaded",
                "SELECT * FROM nope",
                "SELECT getenv('HOME')",
                "SELECT current_setting('threads')",
                "SELECT nextval('s')",
                "SELECT getvariable('x')",
                "SELECT sleep_ms(1000)",
                "SELECT pg_sleep(10)",
                "SELECT write_log('x')",
                "SELECT json_serialize_sql('SELECT 1')",
                "SELECT (SELECT getenv('HOME'))",
                "SELECT 1 WHERE EXISTS (SELECT * FROM read_text('x'))",
                "SELECT * FROM orders ORDER BY getenv('HOME')",
                "SELECT sum(getenv('HOME')) OVER () FROM orders",
                "SELECT list_transform([1], lambda x: getenv('HOME'))",
                "SHOW ALL TABLES",
                "SHOW DATABASES",
                "SHOW TABLES; DROP VIEW orders",
                "DESCRIBE nope",
                "DESCRIBE 'f.csv'",
                "DESCRIBE orders; DROP VIEW orders",
                "DESCRIBE SELECT * FROM read_text('x')",
                "DESCRIBE store.loaded",
                "SUMMARIZE nope",
                "SUMMARIZE SELECT getenv('HOME')",
                "EXPLAIN EXPLAIN SELECT 1",
                "EXPLAIN (FORMAT json) SELECT 1",
                "EXPLAIN SELECT 1; DROP VIEW orders",
                "EXPLAIN ANALYZE SELECT * FROM read_text('x')",
                "EXPLAIN ANALYZE COPY orders TO 'x'",
                "SELECT ?",
                "SELECT $1",
                "SELECT * FROM (DESCRIBE orders)",
                "SELECT main.getenv('x')",
                "SELECT system.main.abs(1)"
            })
    void refusesEverythingElse(String sql) {
        assertThatThrownBy(() -> GATE.check(sql, KNOWN)).isInstanceOf(SqlProblemException.class);
    }
}
