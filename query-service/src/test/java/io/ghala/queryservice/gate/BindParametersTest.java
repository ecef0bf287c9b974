package io.ghala.queryservice.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ghala.query.SqlParameters;
import io.ghala.query.SqlProblemException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BindParametersTest {
    private static final SqlParser PARSER = new SqlParser();
    private static final BindParameters PARAMETERS = new BindParameters(PARSER);
    private static final SqlGate GATE = new SqlGate(PARSER);

    @AfterAll
    static void close() throws SQLException {
        PARSER.close();
    }

    private static String answer(String sql, String params) throws SQLException {
        String bound = PARAMETERS.bind(sql, new SqlParameters(params));
        GATE.check(bound, Set.of());
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(bound)) {
            StringBuilder out = new StringBuilder();
            while (result.next()) {
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    out.append(out.isEmpty() ? "" : " ").append(result.getString(i));
                }
            }
            return out.toString();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT ?                                              | [1]                         | 1
            SELECT 'ü?' /* ? $1 */, ? -- ?                        | ["é"]                       | ü? é
            SELECT $2, $1, $2                                     | [1, "b"]                    | b 1 b
            SELECT concat($näme, $x, $x)                          | {"x": "'", "näme": "€"}     | €''
            SELECT ?, ?                                           | ["'); SELECT 1 --", "\\\\"]     | '); SELECT 1 -- \\
            SELECT ? ** 2, -?, 3-?                                | [-5, -5, -5]                | 25.0 5 8
            SELECT typeof(?), typeof(?), typeof(?), typeof(?)     | [1, 1.50, 1e3, true]        | INTEGER DECIMAL(3,2) DOUBLE BOOLEAN
            SELECT typeof(?), ? IS NULL                           | [12345678901234567890, null] | HUGEINT true
            SELECT ?                                              | [0.1234567890123456789]     | 0.1234567890123456789
            SELECT DATE '2024-02-29' = ?                          | ["2024-02-29"]              | true
            SELECT 2 IN ?, list_contains(?, 'b'), len(?)          | [[1, 2], ["a", "b"], []]    | true true 0
            SELECT * FROM range(9) t(i) WHERE i > ? LIMIT ? OFFSET ? | [1, 2, 3]                | 5 6
            VALUES (?), (?)                                       | ["a", "b"]                  | a b
            SELECT a FROM (SELECT ? AS a) WHERE a BETWEEN ? AND ? | [2, 1, 3]                   | 2
            SELECT CASE WHEN ? THEN [?][1] ELSE {'k': ?}.k END    | [false, 1, 2]               | 2
            """)
    void aValueStandsWhereItsParameterStood(String sql, String params, String answer) throws SQLException {
        assertThat(answer(sql, params)).isEqualTo(answer);
    }

    @Test
    void aPlanAndADescriptionHaveParametersToo() throws SQLException {
        assertThat(answer("DESCRIBE SELECT 'ü', ? AS x", "[1.5]")).contains("x DECIMAL(2,1)");
        assertThat(answer("EXPLAIN SELECT i FROM range(5) t(i) WHERE i = ?", "[3]"))
                .contains("3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT ?, ?      | [1]              | $2 has no value
            SELECT $a        | {"b": 1}         | params has a value for $b
            SELECT $a        | [1]              | params has a value for $1
            SELECT ?         | [1, 2]           | params has a value for $2
            SELECT 1         | [1]              | params has a value for $1
            DESCRIBE orders  | [1]              | params has a value for $1
            SELECT ?         | 1                | params must be an array of values, or an object
            SELECT ?         | [1               | params is not valid JSON: it ends in the middle
            SELECT $a        | {"a":1,"a":2}    | "a" is there twice
            SELECT ?         | [{"a": 1}]       | the parameter $1 is an object
            SELECT ?         | [[{}]]           | the parameter $1 is an object
            SELECT ?         | ["a\\u0000b"]    | the parameter $1 holds the character NUL
            """)
    void whatCannotBeBoundIsRefused(String sql, String params, String reason) {
        assertThatThrownBy(() -> PARAMETERS.bind(sql, new SqlParameters(params)))
                .isInstanceOf(SqlProblemException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT ?", "SELECT $1", "SELECT $name", "SELECT count(*) FROM range(?)"})
    void aParameterWithoutValuesIsToldOf(String sql) {
        assertThatThrownBy(() -> GATE.check(PARAMETERS.bind(sql, SqlParameters.NONE), Set.of()))
                .isInstanceOf(SqlProblemException.class)
                .hasMessageContaining("give their values");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT FROM ?", "SELEC ?", "DROP TABLE x", "SELECT 1; DROP TABLE x"})
    void theGateStillTellsWhatIsWrongWithTheStatement(String sql) {
        assertThatThrownBy(() -> answer(sql, "[1]")).isInstanceOf(SqlProblemException.class);
    }
}
