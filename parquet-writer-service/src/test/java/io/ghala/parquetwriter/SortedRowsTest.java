package io.ghala.parquetwriter;

import static org.assertj.core.api.Assertions.assertThat;

import io.ghala.model.Column;
import io.ghala.snapshot.codec.EveryType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SortedRowsTest {
    private final RootAllocator allocator = new RootAllocator();

    @AfterEach
    void everyVectorWasClosed() {
        allocator.close();
    }

    /** The rows of {@link EveryType} twice, sorted by the named columns, as JSON. */
    private List<String> sorted(long mostBytes, String... columns) throws IOException {
        List<Column> all = EveryType.SCHEMA.columns();
        List<Integer> keys = new ArrayList<>();
        for (String name : columns) {
            keys.add(all.indexOf(EveryType.SCHEMA.column(name).orElseThrow()));
        }
        List<String> rows = new ArrayList<>();
        try (SortedRows sorted =
                new SortedRows(keys, mostBytes, allocator, batch -> rows.addAll(EveryType.text(batch)))) {
            for (int i = 0; i < 2; i++) {
                try (VectorSchemaRoot batch = EveryType.rows(allocator, 1)) {
                    sorted.rows(batch);
                }
            }
            sorted.finish();
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource({
        "boolean,1 0 2 3",
        "bigint,1 2 0 3",
        "double,2 3 0 1",
        "varchar,1 0 2 3",
        "blob,1 0 2 3",
        "date,1 0 2 3",
        "time,1 0 2 3",
        "timestamp,1 0 2 3",
        "timestamp_ns,1 0 2 3",
        "timestamptz,0 1 2 3",
        "decimal9,1 2 0 3",
        "decimal38,1 2 0 3"
    })
    void eachTypeHasItsOrderWithNullsLast(String column, String order) throws IOException {
        List<String> expected = new ArrayList<>();
        for (String row : order.split(" ", -1)) {
            expected.add(EveryType.ROWS.get(Integer.parseInt(row)));
        }
        List<String> twice = new ArrayList<>();
        // Equal values stay in the order of the batches, so rows that are null there may alternate.
        for (String row : sorted(Long.MAX_VALUE, column)) {
            if (!twice.contains(row)) {
                twice.add(row);
            }
        }
        assertThat(twice).isEqualTo(expected);
    }

    @Test
    void theFirstColumnCountsMostAndNoRowIsLost() throws IOException {
        List<String> rows = sorted(Long.MAX_VALUE, "decimal18", "varchar");
        assertThat(rows)
                .containsExactly(
                        EveryType.ROWS.get(0),
                        EveryType.ROWS.get(0),
                        EveryType.ROWS.get(1),
                        EveryType.ROWS.get(1),
                        EveryType.ROWS.get(2),
                        EveryType.ROWS.get(2),
                        EveryType.ROWS.get(3),
                        EveryType.ROWS.get(3));
    }

    @Test
    void beyondTheBoundOfMemoryThereAreSeveralSortedRuns() throws IOException {
        List<String> rows = sorted(1, "bigint");
        assertThat(rows.subList(0, 4)).isEqualTo(rows.subList(4, 8));
        assertThat(rows.get(0)).isEqualTo(EveryType.ROWS.get(1));
    }

    @Test
    void theSortIsStableAndRight() {
        Random random = new Random(7);
        long[] values = random.longs(10_000, 0, 100_000).toArray();
        long[] expected = Arrays.stream(values)
                .boxed()
                .sorted((a, b) -> Long.compare(a / 1000, b / 1000))
                .mapToLong(Long::longValue)
                .toArray();
        MergeSort.sort(values, (a, b) -> Long.compare(a / 1000, b / 1000));
        assertThat(values).isEqualTo(expected);
    }
}
