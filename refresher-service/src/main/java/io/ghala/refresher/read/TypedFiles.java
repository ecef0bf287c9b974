package io.ghala.refresher.read;

import com.fasterxml.jackson.core.JsonParser;
import io.ghala.folder.DataName.Format;
import io.ghala.model.SqlName;
import io.ghala.token.JsonTokens;
import io.ghala.token.Token;
import io.ghala.token.TokenKind;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of Parquet files, read by DuckDB in an instance that is thrown away with the file: a damaged file can invalidate the whole instance.
 * Every value comes as the token it would be in JSON, so that it joins with the same column of text files.
 */
public final class TypedFiles {
    void read(Path file, Format format, RowWriter out) throws IOException {
        if (format == Format.ARROW) {
            throw new UnreadableFileException("Arrow files cannot be read yet: convert it to Parquet");
        }
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement()) {
            statement.execute("SET TimeZone='UTC'");
            statement.execute("SET autoinstall_known_extensions=false");
            String source = "read_parquet(" + SqlName.literal(file.toString()) + ", hive_partitioning=false)";
            List<ParquetColumn> columns = columns(statement, source);
            StringBuilder select = new StringBuilder("SELECT ");
            columns.forEach(column -> select.append(column.expression()).append(','));
            select.setLength(select.length() - 1);
            try (ResultSet rows = statement.executeQuery(select + " FROM " + source)) {
                while (rows.next()) {
                    row(rows, columns, out);
                }
            }
        } catch (SQLException e) {
            throw new UnreadableFileException("it is not a readable Parquet file: " + firstLine(e), e);
        }
    }

    private static List<ParquetColumn> columns(Statement statement, String source) throws SQLException {
        List<ParquetColumn> columns = new ArrayList<>();
        try (ResultSet described = statement.executeQuery("DESCRIBE SELECT * FROM " + source)) {
            while (described.next()) {
                columns.add(ParquetColumn.of(described.getString(1), described.getString(2)));
            }
        }
        return columns;
    }

    private static void row(ResultSet rows, List<ParquetColumn> columns, RowWriter out)
            throws SQLException, IOException {
        for (int i = 0; i < columns.size(); i++) {
            String text = rows.getString(i + 1);
            ParquetColumn column = columns.get(i);
            if (text == null) {
                out.scalar(column.name(), i, TokenKind.NULL, "");
            } else if (column.kind() == TokenKind.NESTED) {
                try (JsonParser parser = JsonTokens.parser(text)) {
                    parser.nextToken();
                    out.nested(column.name(), i, Token.read(parser));
                }
            } else if (column.kind() == TokenKind.TRUE) {
                out.scalar(column.name(), i, text.equals("true") ? TokenKind.TRUE : TokenKind.FALSE, "");
            } else {
                out.scalar(column.name(), i, column.kind(), text);
            }
        }
        out.endRow();
    }

    private static String firstLine(SQLException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }
}
