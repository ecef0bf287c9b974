package io.ghala.queryservice.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghala.config.ConfigLoader;
import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.model.ResultFormat;
import io.ghala.presence.ServiceIdentity;
import io.ghala.presence.ServiceKind;
import io.ghala.query.AwaitedWrites;
import io.ghala.query.SqlHeader;
import io.ghala.query.SqlParameters;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlRequest;
import io.ghala.queryservice.store.TableStore;
import io.ghala.snapshot.EmptySnapshots;
import io.ghala.snapshot.text.JsonRowText;
import io.ghala.snapshot.text.Utf8Buffer;
import io.ghala.testing.memory.MemoryStatementLosses;
import io.ghala.work.Closers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type that DuckDB has, by itself and nested in every way, in every format. */
class EveryResultTypeTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A value of every type and what it is in JSON. */
    private static final List<Value> VALUES = List.of(
            new Value("BOOLEAN", "true", "true"),
            new Value("TINYINT", "'-128'::TINYINT", "-128"),
            new Value("SMALLINT", "'-32768'::SMALLINT", "-32768"),
            new Value("INTEGER", "'-2147483648'::INTEGER", "-2147483648"),
            new Value("BIGINT", "'-9223372036854775808'::BIGINT", "-9223372036854775808"),
            new Value(
                    "HUGEINT",
                    "170141183460469231731687303715884105727::HUGEINT",
                    "170141183460469231731687303715884105727"),
            new Value("UTINYINT", "255::UTINYINT", "255"),
            new Value("USMALLINT", "65535::USMALLINT", "65535"),
            new Value("UINTEGER", "4294967295::UINTEGER", "4294967295"),
            new Value("UBIGINT", "18446744073709551615::UBIGINT", "18446744073709551615"),
            new Value(
                    "UHUGEINT",
                    "340282366920938463463374607431768211455::UHUGEINT",
                    "\"340282366920938463463374607431768211455\""),
            new Value(
                    "BIGNUM",
                    "'1234567890123456789012345678901234567890123'::BIGNUM",
                    "\"1234567890123456789012345678901234567890123\""),
            new Value("FLOAT", "1.5::FLOAT", "1.5"),
            new Value("DOUBLE", "'NaN'::DOUBLE", "\"NaN\""),
            new Value("DECIMAL", "12.30::DECIMAL(5,2)", "12.30"),
            new Value("VARCHAR", "'ß \"x\"'", "\"ß \\\"x\\\"\""),
            new Value("JSON", "'{\"a\":1.10}'::JSON", "{\"a\":1.10}"),
            new Value("BLOB", "'\\x00\\xFF'::BLOB", "\"AP8=\""),
            new Value("BIT", "'0101'::BIT", "\"0101\""),
            new Value(
                    "UUID", "'00112233-4455-6677-8899-aabbccddeeff'::UUID", "\"00112233-4455-6677-8899-aabbccddeeff\""),
            new Value("ENUM", "'b''(c'::ENUM('a', 'b''(c')", "\"b'(c\""),
            new Value("DATE", "'2024-02-29'::DATE", "\"2024-02-29\""),
            new Value("DATE", "'infinity'::DATE", "\"infinity\""),
            new Value("TIME", "'24:00:00'::TIME", "\"24:00:00\""),
            new Value("TIME_NS", "'01:02:03.123456789'::TIME_NS", "\"01:02:03.123456789\""),
            new Value("TIME WITH TIME ZONE", "'12:00:00+02'::TIMETZ", "\"12:00:00+02\""),
            new Value("TIMESTAMP", "'2024-02-29 12:00:00.5'::TIMESTAMP", "\"2024-02-29T12:00:00.5\""),
            new Value("TIMESTAMP", "'-infinity'::TIMESTAMP", "\"-infinity\""),
            new Value("TIMESTAMP_S", "'2024-02-29 12:00:00'::TIMESTAMP_S", "\"2024-02-29T12:00:00\""),
            new Value("TIMESTAMP_S", "'infinity'::TIMESTAMP_S", "\"infinity\""),
            new Value("TIMESTAMP_MS", "'2024-02-29 12:00:00.25'::TIMESTAMP_MS", "\"2024-02-29T12:00:00.25\""),
            new Value(
                    "TIMESTAMP_NS",
                    "'2024-02-29 12:00:00.123456789'::TIMESTAMP_NS",
                    "\"2024-02-29T12:00:00.123456789\""),
            new Value("TIMESTAMP WITH TIME ZONE", "'2024-02-29 12:00:00+02'::TIMESTAMPTZ", "\"2024-02-29T10:00:00Z\""),
            new Value(
                    "TIMESTAMPTZ_NS",
                    "'2024-02-29 12:00:00.123456789+02'::TIMESTAMPTZ_NS",
                    "\"2024-02-29T10:00:00.123456789Z\""),
            new Value("INTERVAL", "INTERVAL '14 months -3 days 3661.5 seconds'", "\"P1Y2M-3DT1H1M1.5S\""),
            new Value("INTERVAL", "INTERVAL 0 DAY", "\"PT0S\""),
            new Value("\"NULL\"", "NULL", "null"),
            new Value("STRUCT", "{'a b': 1, 'c': 'x'}", "{\"a b\":1,\"c\":\"x\"}"),
            new Value("TUPLE", "ROW(1, 'x')", "{\"element1\":1,\"element2\":\"x\"}"),
            new Value("MAP", "MAP {'k': 1}", "{\"k\":1}"),
            new Value("UNION", "union_value(num := 1)", "{\"num\":1}"),
            new Value("VARIANT", "{'a': 1}::VARIANT", "{\"a\":1}"),
            new Value("GEOMETRY", "'POINT(1 2)'::GEOMETRY", "\"POINT (1 2)\""),
            new Value("LIST", "[1, NULL]", "[1,null]"),
            new Value("ARRAY", "[1, 2]::INTEGER[2]", "[1,2]"));

    private final BufferAllocator allocator = new RootAllocator();
    private final Closers closers = new Closers();
    private final QuerySettings settings = ConfigLoader.of(Map.of()).load(0).query();
    private final MetricRegistry metrics = new MetricRegistry();
    private final LeaveProcess leave = new LeaveProcess(
            settings,
            new MemoryStatementLosses(),
            new ServiceIdentity(ServiceKind.QUERY, "0", 1, "localhost", Instant.EPOCH),
            reason -> {
                throw new AssertionError(reason);
            });
    private final TableStore store =
            new TableStore(new EmptySnapshots(), allocator, Clock.systemUTC(), settings, metrics, closers);
    private final RunStatement run =
            new RunStatement(store, allocator, settings, new RunningStatements(settings, leave, metrics, closers));

    /** @param sql an expression of the type */
    private record Value(String type, String sql, String json) {}

    /** A way to nest a value, and what is made of its JSON; {@code %s} is the value. */
    private record Nesting(String name, String sql, String json) {}

    private static final List<Nesting> NESTINGS = List.of(
            new Nesting("itself", "%s", "%s"),
            new Nesting("list", "[%s, NULL]", "[%s,null]"),
            new Nesting("array", "array_value(%1$s, %1$s)", "[%1$s,%1$s]"),
            new Nesting("struct", "{'f (\"x': %s, 'g': NULL}", "{\"f (\\\"x\":%s,\"g\":null}"),
            new Nesting("map", "MAP {'k': %s}", "{\"k\":%s}"),
            new Nesting("list of structs of arrays", "[{'f': array_value(%s)}]", "[{\"f\":[%s]}]"),
            new Nesting("map of lists of maps", "MAP {1: [MAP {'k': %s}]}", "{\"1\":[{\"k\":%s}]}"));

    static Stream<Arguments> everyTypeNestedInEveryWay() {
        return VALUES.stream().flatMap(value -> NESTINGS.stream().map(nesting -> Arguments.of(value, nesting)));
    }

    @AfterEach
    void everyVectorWasClosed() {
        closers.close();
        allocator.close();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource
    void everyTypeNestedInEveryWay(Value value, Nesting nesting) throws Exception {
        String sql = "SELECT " + nesting.sql().formatted(value.sql()) + " AS x";
        String expected = nesting.json().formatted(value.json());

        assertThat(answer(sql, ResultFormat.JSON)).isEqualTo("[{\"x\":" + expected + "}]\n");
        assertThat(answer(sql, ResultFormat.NDJSON)).isEqualTo("{\"x\":" + expected + "}\n");
        assertThat(answer(sql, ResultFormat.CSV)).isEqualTo("x\r\n" + cell(expected, nesting) + "\r\n");
        JsonNode read = JSON.readTree(arrow(sql));
        // Arrow tells JSON and text apart no more.
        if (!List.of("JSON", "UNION", "VARIANT").contains(value.type())) {
            assertThat(read).isEqualTo(JSON.readTree("{\"x\":" + expected + "}"));
        } else {
            assertThat(read.path("x").isMissingNode()).isFalse();
        }
    }

    /** A type that a newer DuckDB brings must be added to the list above. */
    @Test
    void theListHoldsEveryTypeThatThereIs() throws SQLException {
        Set<String> missing = new TreeSet<>();
        try (DuckDBConnection connection = store.connection();
                Statement statement = connection.createStatement();
                ResultSet types = statement.executeQuery("SELECT DISTINCT logical_type FROM duckdb_types()")) {
            while (types.next()) {
                missing.add(types.getString(1));
            }
        }
        VALUES.forEach(value -> missing.remove(value.type()));
        // No function that the gate lets through makes a value of the last.
        assertThat(missing).isSubsetOf("NULL", "TYPE");
    }

    private static String cell(String json, Nesting nesting) throws IOException {
        if (json.equals("null")) {
            return "";
        }
        boolean text = nesting.name().equals("itself") && json.startsWith("\"");
        String plain = text ? JSON.readTree(json).asText() : json;
        return plain.matches("(?s).*[\",\\r\\n].*") ? "\"" + plain.replace("\"", "\"\"") + "\"" : plain;
    }

    private String answer(String sql, ResultFormat format) {
        return new String(bytes(sql, format), StandardCharsets.UTF_8);
    }

    private byte[] bytes(String sql, ResultFormat format) {
        SqlRequest request = new SqlRequest(
                sql,
                SqlParameters.NONE,
                format,
                AwaitedWrites.NONE,
                Map.of(),
                Optional.empty(),
                Duration.ofSeconds(30));
        Collected answer = new Collected();
        run.run(request, Set.of(), System.nanoTime() + request.timeout().toNanos(), answer);
        return answer.out.toByteArray();
    }

    private String arrow(String sql) throws IOException {
        List<String> rows = new ArrayList<>();
        try (ArrowStreamReader reader =
                new ArrowStreamReader(new ByteArrayInputStream(bytes(sql, ResultFormat.ARROW)), allocator)) {
            while (reader.loadNextBatch()) {
                JsonRowText text = new JsonRowText(reader.getVectorSchemaRoot().getFieldVectors());
                for (int row = 0; row < reader.getVectorSchemaRoot().getRowCount(); row++) {
                    Utf8Buffer out = new Utf8Buffer();
                    text.append(row, out);
                    rows.add(new String(out.toByteArray(), StandardCharsets.UTF_8));
                }
            }
        }
        return String.join("\n", rows);
    }

    private static final class Collected implements Answer {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        @Override
        public void header(SqlHeader header) {
            assertThat(header.tables()).isEmpty();
        }

        @Override
        public void block(byte[] bytes) {
            out.writeBytes(bytes);
        }

        @Override
        public void problem(SqlProblem problem) {
            throw new AssertionError(problem.toString());
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }
}
