package io.ghala.snapshot.codec;

import com.fasterxml.jackson.core.JsonParser;
import io.ghala.model.Column;
import io.ghala.model.ColumnType.DecimalType;
import io.ghala.model.ColumnType.ListType;
import io.ghala.model.ColumnType.MapType;
import io.ghala.model.ColumnType.StructType;
import io.ghala.model.ScalarType;
import io.ghala.model.TableSchema;
import io.ghala.snapshot.text.JsonRowText;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.token.JsonTokens;
import io.ghala.token.Token;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** A table with a column of every closed type and rows with ordinary values, extremes, empty values and nulls. */
public final class EveryType {
    public static final TableSchema SCHEMA = new TableSchema(List.of(
            new Column("boolean", ScalarType.BOOLEAN),
            new Column("bigint", ScalarType.BIGINT),
            new Column("double", ScalarType.DOUBLE),
            new Column("varchar", ScalarType.VARCHAR),
            new Column("blob", ScalarType.BLOB),
            new Column("date", ScalarType.DATE),
            new Column("time", ScalarType.TIME),
            new Column("timestamp", ScalarType.TIMESTAMP),
            new Column("timestamp_ns", ScalarType.TIMESTAMP_NS),
            new Column("timestamptz", ScalarType.TIMESTAMPTZ),
            new Column("timestamptz_ns", ScalarType.TIMESTAMPTZ_NS),
            new Column("json", ScalarType.JSON),
            new Column("decimal9", new DecimalType(9, 2)),
            new Column("decimal18", new DecimalType(18, 4)),
            new Column("decimal38", new DecimalType(38, 0)),
            new Column("list", new ListType(new ListType(ScalarType.BIGINT))),
            new Column(
                    "struct",
                    new StructType(List.of(
                            new Column("a", ScalarType.BIGINT),
                            new Column(
                                    "q\"q", new ListType(new StructType(List.of(new Column("d", ScalarType.DATE)))))))),
            new Column("map", new MapType(new ListType(ScalarType.VARCHAR)))));

    /** The rows as JSON, in the text that JSON output gives; the hidden columns come last. */
    public static final List<String> ROWS = List.of(
            row(
                    "true",
                    "9223372036854775807",
                    "1.5",
                    "\"h\u00e9 \\\"x\\\" \ud83d\ude00\"",
                    "\"AAEC/w==\"",
                    "\"2024-02-29\"",
                    "\"23:59:59.999999\"",
                    "\"2024-02-29T23:59:59.123456\"",
                    "\"2024-02-29T23:59:59.123456789\"",
                    "\"2024-02-29T23:59:59.123456Z\"",
                    "\"2261-12-31T23:59:59.123456789Z\"",
                    "{\"k\":[1.10,null,\"x\"]}",
                    "1234567.89",
                    "-12345678901234.5678",
                    "99999999999999999999999999999999999999",
                    "[[1,null],[],null]",
                    "{\"a\":7,\"q\\\"q\":[{\"d\":\"2024-01-01\"},null]}",
                    "{\"x\":[\"a\"],\"\":[],\"y\":null}"),
            row(
                    "false",
                    "-9223372036854775808",
                    "\"NaN\"",
                    "\"\"",
                    "\"\"",
                    "\"0001-01-01\"",
                    "\"00:00:00\"",
                    "\"0001-01-01T00:00:00\"",
                    "\"1678-01-01T00:00:00\"",
                    "\"9999-12-31T23:59:59Z\"",
                    "\"1970-01-01T00:00:00.000000001Z\"",
                    "\"text\"",
                    "-0.01",
                    "0.0000",
                    "-99999999999999999999999999999999999999",
                    "[]",
                    "{\"a\":null,\"q\\\"q\":null}",
                    "{}"),
            row(
                    "null",
                    "0",
                    "\"-Infinity\"",
                    "\"line\\nbreak\"",
                    "null",
                    "null",
                    "null",
                    "null",
                    "null",
                    "null",
                    "null",
                    "12.50",
                    "0.00",
                    "null",
                    "0",
                    "null",
                    "null",
                    "null"),
            row(
                    "null",
                    "null",
                    "4.9E-324",
                    "null",
                    "null",
                    "null",
                    "null",
                    "null",
                    "null",
                    "null",
                    "null",
                    "null",
                    "null",
                    "null",
                    "null",
                    "null",
                    "null",
                    "null"));

    private EveryType() {}

    private static String row(String... values) {
        StringBuilder out = new StringBuilder("{");
        for (int i = 0; i < values.length; i++) {
            out.append('"')
                    .append(SCHEMA.columns().get(i).name())
                    .append("\":")
                    .append(values[i])
                    .append(',');
        }
        return out.append("\"_file\":\"eu/o-1.json\",\"_version\":null}").toString();
    }

    /** The rows, {@code times} over. */
    public static VectorSchemaRoot rows(BufferAllocator allocator, int times) throws IOException {
        try (TokenRows rows = new TokenRows(SCHEMA, allocator)) {
            for (int i = 0; i < times * ROWS.size(); i++) {
                try (JsonParser parser = JsonTokens.parser(ROWS.get(i % ROWS.size()))) {
                    parser.nextToken();
                    Token.ObjectToken object = (Token.ObjectToken) Token.read(parser);
                    for (int column = 0; column < object.fields().size(); column++) {
                        rows.set(column, object.fields().get(column).value());
                    }
                    rows.endRow();
                }
            }
            return rows.take();
        }
    }

    /** The rows of {@code root} as JSON. */
    public static List<String> text(VectorSchemaRoot root) {
        JsonRowText text = new JsonRowText(root.getFieldVectors());
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < root.getRowCount(); row++) {
            Utf8Buffer out = new Utf8Buffer();
            text.append(row, out);
            rows.add(new String(out.toByteArray(), StandardCharsets.UTF_8));
        }
        return rows;
    }
}
