package io.ghala.type;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import io.ghala.model.Column;
import io.ghala.model.KeyColumn;
import io.ghala.model.RowId;
import io.ghala.model.ScalarType;
import io.ghala.model.TableSchema;
import io.ghala.token.JsonTokens;
import io.ghala.token.Token;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TypeChangesTest {
    private static final KeyColumn ID = new KeyColumn("id");

    /** A table that holds the rows of these JSON objects. */
    private static TypeChanges table(Set<String> pinned, String... rows) throws IOException {
        Map<String, ColumnEvidence> columns = new HashMap<>();
        for (String row : rows) {
            try (JsonParser parser = JsonTokens.parser(row)) {
                parser.nextToken();
                int position = 0;
                for (Token.Field field : ((Token.ObjectToken) Token.read(parser)).fields()) {
                    columns.merge(
                            Column.fold(field.name()),
                            new ColumnEvidence(field.name(), position++, ValueEvidence.of(field.value())),
                            ColumnEvidence::join);
                }
            }
        }
        TableEvidence known = new TableEvidence(columns);
        TableSchema schema = TypeOf.schema(known, ID, Map.of());
        return TypeChanges.of(schema, TypeBasis.of(known, Map.of("n", "a.csv"), pinned))
                .orElseThrow();
    }

    private static Optional<String> write(TypeChanges table, String payload) {
        return table.problem(new RowId("7"), payload, ID);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1           | 2",
                "1           | null",
                "1           | 1.5",
                "1           | 12345678901234567890",
                "1.5         | 2",
                "true        | false",
                "\"x\"       | \"2026-01-01\"",
                "\"x\"       | 5",
                "\"2026-01-01\" | \"2026-02-02\"",
                "\"2026-01-01T00:00:00\" | \"2026-01-01T00:00:00.123456789\"",
                "{\"a\":1}   | {\"a\":2.5,\"b\":\"new\"}",
                "{\"a\":null} | {\"a\":2.5}",
                "[1]         | [2.5]",
                "[]          | [\"x\"]",
                "null        | \"x\"",
            })
    void whatKeepsTheKindOfAColumnGoesThrough(String before, String written) throws IOException {
        TypeChanges table = table(Set.of(), "{\"id\":1,\"n\":" + before + "}");
        assertThat(write(table, "{\"N\":" + written + "}")).isEmpty();
        assertThat(write(table, "{\"new\":" + written + "}")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1           | \"x\"               | BIGINT    | VARCHAR",
                "1           | true                | BIGINT    | VARCHAR",
                "1           | 1e400               | BIGINT    | VARCHAR",
                "1           | {\"a\":1}           | BIGINT    | JSON",
                "1.5         | \"1.5\"             | DOUBLE    | VARCHAR",
                "true        | \"true\"            | BOOLEAN   | VARCHAR",
                "\"2026-01-01\" | \"soon\"         | DATE      | VARCHAR",
                "\"2026-01-01T00:00:00\" | 5       | TIMESTAMP | VARCHAR",
                "{\"a\":1}   | \"x\"               | STRUCT    | JSON",
                "{\"a\":1}   | {\"a\":\"x\"}       | STRUCT    | STRUCT",
                "[1]         | [\"x\"]             | BIGINT[]  | VARCHAR[]",
                "[[1]]       | [[true]]            | BIGINT[][] | VARCHAR[][]",
                "\"x\"       | {\"a\":1}           | VARCHAR   | JSON",
            })
    void whatMakesItAnotherKindIsToldWithBothTypes(String before, String written, String now, String then)
            throws IOException {
        TypeChanges table = table(Set.of(), "{\"id\":1,\"n\":" + before + "}");
        assertThat(write(table, "{\"N\":" + written + "}")).hasValueSatisfying(problem -> assertThat(problem)
                .contains("column 'N' is " + now, "a.csv", "would make it " + then, "--allow-type-change"));
    }

    @Test
    void anIntegerThatDoublesDoNotHoldDecidesToo() throws IOException {
        TypeChanges table = table(Set.of(), "{\"id\":1,\"n\":12345678901234567}");
        assertThat(write(table, "{\"n\":1}")).isEmpty();
        assertThat(write(table, "{\"n\":1.5}"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("is BIGINT", "would make it VARCHAR"));
    }

    @Test
    void theIdCountsWhereThePayloadLeavesItOut() throws IOException {
        TypeChanges numbers = table(Set.of(), "{\"id\":1}");
        assertThat(numbers.problem(new RowId("2"), "{\"v\":1}", ID)).isEmpty();
        assertThat(numbers.problem(new RowId("x"), "{\"v\":1}", ID))
                .hasValueSatisfying(problem -> assertThat(problem).contains("column 'id'"));
        assertThat(table(Set.of(), "{\"id\":\"a\"}").problem(new RowId("x"), "{\"v\":1}", ID))
                .isEmpty();
    }

    @Test
    void aPinnedColumnTakesWhatFitsItsType() throws IOException {
        TypeChanges table = table(Set.of("n"), "{\"id\":1,\"n\":1}");
        assertThat(write(table, "{\"n\":2}")).isEmpty();
        assertThat(write(table, "{\"n\":\"x\"}"))
                .hasValueSatisfying(problem -> assertThat(problem).contains("BIGINT by the table's settings"));
    }

    @Test
    void whereNothingIsToldNothingIsDecided() {
        TableSchema schema = new TableSchema(List.of(new Column("n", ScalarType.BIGINT)));
        assertThat(TypeChanges.of(schema, TypeBasis.NONE)).isEmpty();
        assertThat(TypeChanges.of(schema, new TypeBasis("{\"of\":\"another time\"}", Map.of(), Set.of())))
                .isEmpty();
    }
}
