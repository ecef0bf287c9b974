package io.ghala.queryservice.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Parses statements on a DuckDB of its own that has no tables. */
public final class SqlParser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PARSE =
            "SELECT json_serialize_sql(?::VARCHAR, skip_null := true, skip_empty := true, skip_default := true)";

    private final Connection connection;
    private final PreparedStatement parse;

    @Inject
    public SqlParser() {
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:");
            parse = connection.prepareStatement(PARSE);
        } catch (SQLException e) {
            throw new IllegalStateException("DuckDB does not start: " + e.getMessage(), e);
        }
    }

    /**
     * The parse tree, or what DuckDB has to say against the statement.
     *
     * @throws SqlProblemException BAD_REQUEST when it cannot be told even so
     */
    synchronized JsonNode parse(String sql) {
        try {
            parse.setString(1, sql);
            try (ResultSet result = parse.executeQuery()) {
                result.next();
                return JSON.readTree(result.getString(1));
            }
        } catch (SQLException e) {
            throw unparsed(String.valueOf(e.getMessage()), e);
        } catch (JsonProcessingException e) {
            throw unparsed("it is nested too deep, or longer than can be looked through: take it apart", e);
        }
    }

    private static SqlProblemException unparsed(String why, Exception cause) {
        return new SqlProblemException(
                new SqlProblem(Kind.BAD_REQUEST, "the statement cannot be parsed: " + why), cause);
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            parse.close();
        }
    }
}
