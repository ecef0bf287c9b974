package io.ghala.refresher;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.model.Column;
import io.ghala.snapshot.RefusedFile;
import io.ghala.snapshot.parquet.MemoryFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the columns of a Parquet file become, alone and beside other files. */
class ParquetFileTest {
    @TempDir
    Path temp;

    private Folder folder() {
        return new Folder(temp);
    }

    private void becomes(String sql, String type, String shown) throws IOException {
        Table table = folder().parquet("a.parquet", "SELECT 1 AS id, " + sql + " AS v")
                .table();
        assertThat(table.refused()).as(sql).isEmpty();
        assertThat(table.type("v")).as(sql).isEqualTo(type);
        assertThat(table.rows()).as(sql).containsExactly("{\"id\":1,\"v\":" + shown + "}");
        Table nulls = folder().parquet("a.parquet", "SELECT 1 AS id, CASE WHEN false THEN " + sql + " END AS v")
                .table();
        assertThat(nulls.type("v")).as("only nulls of %s", sql).isEqualTo(type);
        Table none = folder().parquet("a.parquet", "SELECT 1 AS id, " + sql + " AS v WHERE false")
                .table();
        assertThat(none.type("v")).as("no rows of %s", sql).isEqualTo(type);
        assertThat(none.rows()).isEmpty();
    }

    @Test
    void scalarsKeepTheTypeThatTheFileDeclares() throws IOException {
        becomes("true", "BOOLEAN", "true");
        becomes("(-7)::TINYINT", "BIGINT", "-7");
        becomes("9223372036854775807", "BIGINT", "9223372036854775807");
        becomes("(-9223372036854775807-1)", "BIGINT", "-9223372036854775808");
        becomes("4294967295::UINTEGER", "BIGINT", "4294967295");
        becomes("1.50::DECIMAL(9,2)", "DECIMAL(9,2)", "1.50");
        becomes("-0.10::DECIMAL(2,2)", "DECIMAL(2,2)", "-0.10");
        becomes(
                "12345678901234567890123456789012345678::DECIMAL(38,0)",
                "DECIMAL(38,0)",
                "12345678901234567890123456789012345678");
        becomes("0.1::DOUBLE", "DOUBLE", "0.1");
        becomes("5::DOUBLE", "DOUBLE", "5.0");
        becomes("'NaN'::DOUBLE", "DOUBLE", "\"NaN\"");
        becomes("'-inf'::DOUBLE", "DOUBLE", "\"-Infinity\"");
        becomes("0.5::FLOAT", "DOUBLE", "0.5");
        becomes("'\\x00\\xFF'::BLOB", "BLOB", "\"AP8=\"");
        becomes("DATE '2024-02-29'", "DATE", "\"2024-02-29\"");
        becomes("DATE '0044-03-15 (BC)'", "DATE", "\"-0043-03-15\"");
        becomes("TIME '10:20:30.000001'", "TIME", "\"10:20:30.000001\"");
    }

    @Test
    void textIsTextWhateverItLooksLike() throws IOException {
        becomes("'2024-02-29'", "VARCHAR", "\"2024-02-29\"");
        becomes("'2024-02-29T10:00:00Z'", "VARCHAR", "\"2024-02-29T10:00:00Z\"");
        becomes("'1'", "VARCHAR", "\"1\"");
        becomes("'true'", "VARCHAR", "\"true\"");
        becomes("'h\u00e9 \"x\" \ud83d\ude00'", "VARCHAR", "\"h\u00e9 \\\"x\\\" \ud83d\ude00\"");
    }

    @Test
    void timestampsKeepUnitAndZone() throws IOException {
        becomes("TIMESTAMP '2024-02-29 10:00:00.123456'", "TIMESTAMP", "\"2024-02-29T10:00:00.123456\"");
        becomes("TIMESTAMP_MS '2024-02-29 10:00:00.123'", "TIMESTAMP", "\"2024-02-29T10:00:00.123\"");
        becomes("TIMESTAMP_NS '2024-02-29 10:00:00.123456789'", "TIMESTAMP_NS", "\"2024-02-29T10:00:00.123456789\"");
        becomes("TIMESTAMP_NS '2024-02-29 10:00:00'", "TIMESTAMP_NS", "\"2024-02-29T10:00:00\"");
        becomes("TIMESTAMPTZ '2024-02-29 10:00:00+03'", "TIMESTAMPTZ", "\"2024-02-29T07:00:00Z\"");
        becomes(
                "TIMESTAMPTZ_NS '2024-02-29 10:00:00.123456789+03'",
                "TIMESTAMPTZ_NS",
                "\"2024-02-29T07:00:00.123456789Z\"");
        becomes("TIMESTAMP '1677-01-01 00:00:00'", "TIMESTAMP", "\"1677-01-01T00:00:00\"");
    }

    @Test
    void nestedTypesKeepTheirShape() throws IOException {
        becomes("[1, NULL]", "BIGINT[]", "[1,null]");
        becomes("[]::INTEGER[]", "BIGINT[]", "[]");
        becomes("MAP {'a': 1.50::DECIMAL(5,2)}", "MAP(VARCHAR, DECIMAL(5,2))", "{\"a\":1.50}");
        becomes("MAP {1: 'x'}", "MAP(VARCHAR, VARCHAR)", "{\"1\":\"x\"}");
        becomes(
                "{'b': '\\x00'::BLOB, 'd': DATE '2024-01-02', 't': 'plain', 'n': 'NaN'::DOUBLE}",
                "STRUCT(\"b\" BLOB, \"d\" DATE, \"t\" VARCHAR, \"n\" DOUBLE)",
                "{\"b\":\"AA==\",\"d\":\"2024-01-02\",\"t\":\"plain\",\"n\":\"NaN\"}");
        becomes(
                "[{'ts': TIMESTAMP '2024-01-02 00:00:00', 'm': MAP {'k': [true]}}]",
                "STRUCT(\"ts\" TIMESTAMP, \"m\" MAP(VARCHAR, BOOLEAN[]))[]",
                "[{\"ts\":\"2024-01-02T00:00:00\",\"m\":{\"k\":[true]}}]");
    }

    @Test
    void typesOutsideTheClosedSetBecomeTextOrJson() throws IOException {
        becomes("'{\"a\": 1.10}'::JSON", "JSON", "{\"a\":1.10}");
        becomes("'\"x\"'::JSON", "JSON", "\"x\"");
        becomes("{'j': '[1, 2.0]'::JSON}", "STRUCT(\"j\" JSON)", "{\"j\":[1,2.0]}");
        becomes("{'a': 1}::VARIANT", "JSON", "{\"a\":1}");
        becomes("'3f333df6-90a4-4fda-8dd3-9485d27cee36'::UUID", "VARCHAR", "\"3f333df6-90a4-4fda-8dd3-9485d27cee36\"");
        becomes("'a'::ENUM('a', 'b')", "VARCHAR", "\"a\"");
        becomes("TIMETZ '10:00:00+02'", "VARCHAR", "\"08:00:00Z\"");
        becomes("{'t': TIMETZ '10:00:00+02'}", "STRUCT(\"t\" VARCHAR)", "{\"t\":\"08:00:00Z\"}");
        becomes("INTERVAL '1 year 2 months 3 days 4 hours 5.5 seconds'", "VARCHAR", "\"P1Y2M3DT4H5.5S\"");
    }

    @Test
    void whatValuesSayCountsWhereTheirTypeLeavesItOpen() throws IOException {
        Table unsigned = folder().parquet("a.parquet", "SELECT 1 AS id, 18446744073709551615::UBIGINT AS v")
                .table();
        assertThat(unsigned.type("v")).isEqualTo("DECIMAL(38,0)");
        assertThat(unsigned.rows()).containsExactly("{\"id\":1,\"v\":18446744073709551615}");
        Table nanos = folder().parquet("a.parquet", "SELECT 1 AS id, TIME_NS '10:00:00.123456789' AS v")
                .table();
        assertThat(nanos.type("v")).isEqualTo("VARCHAR");
        assertThat(nanos.rows()).containsExactly("{\"id\":1,\"v\":\"10:00:00.123456789\"}");
    }

    private void join(String sql, String json, String type, String typedShown, String jsonShown) throws IOException {
        Table table = folder().parquet("a.parquet", "SELECT 1 AS id, " + sql + " AS v")
                .with("b.json", "{\"id\":2,\"v\":" + json + "}")
                .table();
        String as = sql + " x " + json;
        assertThat(table.refused()).as(as).isEmpty();
        assertThat(table.type("v")).as(as).isEqualTo(type);
        assertThat(table.rows())
                .as(as)
                .containsExactly("{\"id\":1,\"v\":" + typedShown + "}", "{\"id\":2,\"v\":" + jsonShown + "}");
    }

    @Test
    void decimalsWidenInBothDirectionsAndEndAsTextAtFullScale() throws IOException {
        join("1.50::DECIMAL(9,2)", "7", "DECIMAL(9,2)", "1.50", "7.00");
        join("1.50::DECIMAL(3,2)", "12345", "DECIMAL(7,2)", "1.50", "12345.00");
        join("1.50::DECIMAL(9,2)", "1.125", "DECIMAL(10,3)", "1.500", "1.125");
        join("1.50::DECIMAL(38,2)", "1.125", "VARCHAR", "\"1.50\"", "\"1.125\"");
        join("1.50::DECIMAL(9,2)", "18446744073709551616", "DECIMAL(22,2)", "1.50", "18446744073709551616.00");
        join("1.50::DECIMAL(9,2)", "0.1234567890123456789", "VARCHAR", "\"1.50\"", "\"0.1234567890123456789\"");
        join("1.50::DECIMAL(9,2)", "\"x\"", "VARCHAR", "\"1.50\"", "\"x\"");
        join("1.50::DECIMAL(9,2)", "true", "VARCHAR", "\"1.50\"", "\"true\"");
        join("1.50::DECIMAL(9,2)", "null", "DECIMAL(9,2)", "1.50", "null");
        join("1.50::DECIMAL(9,2)", "{\"a\":1}", "JSON", "1.50", "{\"a\":1}");
    }

    @Test
    void doublesBinaryMapsAndTextJoinByTheirDeclaredType() throws IOException {
        join("0.1::DOUBLE", "2", "DOUBLE", "0.1", "2.0");
        join("0.1::DOUBLE", "0.25", "DOUBLE", "0.1", "0.25");
        join("0.1::DOUBLE", "9007199254740993", "VARCHAR", "\"0.1\"", "\"9007199254740993\"");
        join("'NaN'::DOUBLE", "{}", "JSON", "\"NaN\"", "{}");
        join("'\\x00\\xFF'::BLOB", "\"x\"", "JSON", "\"AP8=\"", "\"x\"");
        join("'\\x00\\xFF'::BLOB", "1", "JSON", "\"AP8=\"", "1");
        join("'\\x00\\xFF'::BLOB", "null", "BLOB", "\"AP8=\"", "null");
        join("MAP {'a': 1}", "{\"a\":1}", "JSON", "{\"a\":1}", "{\"a\":1}");
        join("{'a': 1}", "{\"a\":\"x\"}", "STRUCT(\"a\" VARCHAR)", "{\"a\":\"1\"}", "{\"a\":\"x\"}");
        join("'2024-01-02'", "\"2024-01-02\"", "VARCHAR", "\"2024-01-02\"", "\"2024-01-02\"");
        join("DATE '2024-01-02'", "\"2024-01-03\"", "DATE", "\"2024-01-02\"", "\"2024-01-03\"");
        join("TIME '10:00:00'", "\"10:00:00\"", "VARCHAR", "\"10:00:00\"", "\"10:00:00\"");
        join("true", "1", "VARCHAR", "\"true\"", "\"1\"");
        join("1", "1.5", "DOUBLE", "1.0", "1.5");
        join("9007199254740993", "1.5", "VARCHAR", "\"9007199254740993\"", "\"1.5\"");
        join(
                "TIMESTAMP '2024-01-02 10:00:00'",
                "\"2024-01-02T10:00:00.123456789\"",
                "TIMESTAMP_NS",
                "\"2024-01-02T10:00:00\"",
                "\"2024-01-02T10:00:00.123456789\"");
        join(
                "TIMESTAMP '2024-01-02 10:00:00'",
                "\"2024-01-02T10:00:00Z\"",
                "VARCHAR",
                "\"2024-01-02T10:00:00\"",
                "\"2024-01-02T10:00:00Z\"");
        join(
                "TIMESTAMP '1600-01-02 10:00:00'",
                "\"2024-01-02T10:00:00.123456789\"",
                "VARCHAR",
                "\"1600-01-02T10:00:00\"",
                "\"2024-01-02T10:00:00.123456789\"");
    }

    @Test
    void typedFilesJoinWithEachOther() throws IOException {
        Table table = folder().parquet(
                        "a.parquet",
                        "SELECT 1 AS id, 1.5::DECIMAL(5,1) AS d, 1.5::DECIMAL(5,1) AS x, MAP {'k': 1} AS m")
                .parquet("b.parquet", "SELECT 2 AS id, 0.125::DECIMAL(4,3) AS d, 1.5::DOUBLE AS x, MAP {'k': 'v'} AS m")
                .with("c.csv", "id,d\n3,1234567\n")
                .table();
        assertThat(table.type("d")).isEqualTo("DECIMAL(10,3)");
        assertThat(table.type("x")).isEqualTo("VARCHAR");
        assertThat(table.type("m")).isEqualTo("MAP(VARCHAR, VARCHAR)");
        assertThat(table.rows())
                .containsExactly(
                        "{\"id\":1,\"d\":1.500,\"x\":\"1.5\",\"m\":{\"k\":\"1\"}}",
                        "{\"id\":2,\"d\":0.125,\"x\":\"1.5\",\"m\":{\"k\":\"v\"}}",
                        "{\"id\":3,\"d\":1234567.000,\"x\":null,\"m\":null}");
    }

    @Test
    void keysOfParquetRowsAreMatchedByTheirText() throws IOException {
        Table table = folder().parquet("a.parquet", "SELECT unnest([1.00, 2.50])::DECIMAL(9,2) AS id, 'old' AS v")
                .with("1@1763812345678-0.json", "{\"v\":\"new\"}")
                .table();
        assertThat(table.rows()).containsExactly("{\"id\":1.00,\"v\":\"new\"}", "{\"id\":2.50,\"v\":\"old\"}");
    }

    @Test
    void folderColumnsStandBesideTheFilesOwn() throws IOException {
        Table table = folder().parquet("k=7/a.parquet", "SELECT 1 AS id")
                .parquet("k=8/b.parquet", "SELECT 2 AS id, 9 AS K")
                .table();
        assertThat(table.rows()).containsExactly("{\"id\":1,\"k\":7}", "{\"id\":2,\"k\":9}");
        assertThat(table.schema().columns()).extracting(Column::name).containsExactly("id", "k");
    }

    @Test
    void aNameWithPatternCharactersIsThatFileAlone() throws IOException {
        Table table = folder().parquet("a[1]?.parquet", "SELECT 1 AS id")
                .parquet("a1x.parquet", "SELECT 2 AS id")
                .table();
        assertThat(table.rows()).containsExactlyInAnyOrder("{\"id\":1}", "{\"id\":2}");
    }

    @Test
    void manyRowsAreAllThereOnce() throws IOException {
        Table table = folder().parquet("a.parquet", "SELECT range AS id, repeat('x', 120) AS v FROM range(300000)")
                .table();
        assertThat(table.rows()).hasSize(300_000).doesNotHaveDuplicates();
        assertThat(table.rows()).allMatch(row -> row.length() > 120);
    }

    @Test
    void damagedFilesAreRefusedByName() throws IOException {
        byte[] good = TypedFileSamples.parquet(temp, "SELECT range AS id, 'abc' || range AS v FROM range(5000)");
        byte[] cut = java.util.Arrays.copyOf(good, good.length / 2);
        byte[] flipped = good.clone();
        for (int i = 40; i < 400; i++) {
            flipped[i] = (byte) ~flipped[i];
        }
        byte[] encrypted = good.clone();
        System.arraycopy("PARE".getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, encrypted, good.length - 4, 4);
        Table table = folder().with("cut.parquet", cut)
                .with("flipped.parquet", flipped)
                .with("encrypted.parquet", encrypted)
                .with("good.json", "{\"id\":1}")
                .table();
        assertThat(table.rows()).containsExactly("{\"id\":1}");
        assertThat(table.refused())
                .extracting(RefusedFile::file)
                .containsExactlyInAnyOrder("cut.parquet", "encrypted.parquet", "flipped.parquet");
        assertThat(table.refused()).allSatisfy(refused -> assertThat(refused.reason())
                .startsWith("it is not a readable Parquet file: ")
                .hasSizeGreaterThan(45)
                .doesNotContain(temp.toString()));
    }

    private Table single(Consumer<Types.MessageTypeBuilder> columns, Consumer<Group> fill) throws IOException {
        Types.MessageTypeBuilder message = Types.buildMessage();
        columns.accept(message);
        MessageType schema = message.named("table");
        MemoryFile file = new MemoryFile();
        try (ParquetWriter<Group> writer =
                ExampleParquetWriter.builder(file).withType(schema).build()) {
            Group row = new SimpleGroup(schema);
            fill.accept(row);
            writer.write(row);
        }
        return folder().with("a.parquet", file.toByteArray())
                .with("good.json", "{\"id\":1}")
                .table();
    }

    private void refused(String says, Consumer<Types.MessageTypeBuilder> columns, Consumer<Group> fill)
            throws IOException {
        Table table = single(columns, fill);
        assertThat(table.rows()).containsExactly("{\"id\":1}");
        assertThat(table.refused()).singleElement().satisfies(refused -> {
            assertThat(refused.file()).isEqualTo("a.parquet");
            assertThat(refused.reason()).contains(says);
        });
    }

    @Test
    void whatNoReaderCouldLoadIsRefused() throws IOException {
        refused(
                "NUL",
                file -> file.required(PrimitiveTypeName.INT64).named("v\u0000w"),
                row -> row.add("v\u0000w", 1L));
        refused(
                "NUL",
                file -> file.requiredGroup()
                        .required(PrimitiveTypeName.INT64)
                        .named("a\u0000")
                        .named("v"),
                row -> row.addGroup("v").add("a\u0000", 1L));
        refused(
                "longer than the 1000 characters",
                file -> file.required(PrimitiveTypeName.INT64).named("n".repeat(1001)),
                row -> row.add("n".repeat(1001), 1L));
    }

    @Test
    void typesOutsideTheClosedListAreRefusedByName() throws IOException {
        refused(
                "'v' has decimals of 40 digits",
                file -> file.required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                        .length(17)
                        .as(LogicalTypeAnnotation.decimalType(2, 40))
                        .named("v"),
                row -> row.add("v", Binary.fromConstantByteArray(new byte[17])));
        refused(
                "a BSON column",
                file -> file.required(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.bsonType())
                        .named("v"),
                row -> row.add("v", Binary.fromConstantByteArray(new byte[5])));
        refused(
                "'v' has the Parquet type Float16",
                file -> file.required(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                        .length(2)
                        .as(LogicalTypeAnnotation.float16Type())
                        .named("v"),
                row -> row.add("v", Binary.fromConstantByteArray(new byte[2])));
        refused(
                "'v' twice",
                file -> file.required(PrimitiveTypeName.INT32)
                        .named("V")
                        .required(PrimitiveTypeName.INT32)
                        .named("v"),
                row -> row.append("V", 1).append("v", 2));
    }

    private Table int96(long nanosOfDay) throws IOException {
        // Julian day 2460311 is 2024-01-01; the nanoseconds of the day come first.
        ByteBuffer bytes = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(nanosOfDay).putInt(2_460_311);
        return single(
                file -> file.required(PrimitiveTypeName.INT96).named("v"),
                row -> row.add("v", Binary.fromConstantByteArray(bytes.array())));
    }

    @Test
    void timestampsOf96BitsAreExactOrRefused() throws IOException {
        Table micros = int96(3_600_123_456_000L);
        assertThat(micros.type("v")).isEqualTo("TIMESTAMP");
        assertThat(micros.rows())
                .containsExactly("{\"id\":1,\"v\":null}", "{\"id\":null,\"v\":\"2024-01-01T01:00:00.123456\"}");
        Table nanos = int96(3_600_123_456_789L);
        assertThat(nanos.rows()).containsExactly("{\"id\":1}");
        assertThat(nanos.refused()).singleElement().satisfies(refused -> assertThat(refused.reason())
                .contains("'v'")
                .contains("nanoseconds"));
    }
}
