package io.ghala.endtoend;

import static io.ghala.endtoend.GhalaProcesses.QUERY;
import static io.ghala.endtoend.GhalaProcesses.REFRESHER;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What one added file costs both sides of Redis, by the services' own counters, in tables of ten thousand to a million
 * rows.
 */
class CostOfChangeIT {
    /** A table that fits one blob of 4 MiB is always one part; each table here is larger. */
    private static final int TABLE_CHARACTERS = 6_000_000;

    private static final long SMALL = 10_000;

    private GhalaProcesses ghala;

    @BeforeEach
    void open() throws IOException {
        ghala = new GhalaProcesses();
    }

    @AfterEach
    void close() throws Exception {
        ghala.close();
    }

    private static String csv(int rows) {
        String text = "x".repeat(TABLE_CHARACTERS / rows);
        StringBuilder csv = new StringBuilder("id,v\n");
        for (int i = 0; i < rows; i++) {
            csv.append(i).append(',').append(text).append('\n');
        }
        return csv.toString();
    }

    private static String table(int rows) {
        return "rows_" + rows;
    }

    private void awaitRows(int rows, int expected) {
        ghala.await(table(rows) + " has " + expected, () -> ghala.rows("SELECT count(*) FROM " + table(rows))
                .equals(List.of(Integer.toString(expected))));
    }

    private long counter(String kind, String name) throws IOException, InterruptedException {
        String text = ghala.get(ghala.ready(kind).get(0), "/metrics").body();
        Matcher line = Pattern.compile("(?m)^ghala_" + name + "(?:_total)? ([0-9.eE+]+)$")
                .matcher(text);
        return line.find() ? (long) Double.parseDouble(line.group(1)) : 0;
    }

    /** The counters at one time. */
    private record Counted(long filesRead, long bytesPublished, long fullLoads, long partsLoaded, long bytesLoaded) {
        Counted since(Counted before) {
            return new Counted(
                    filesRead - before.filesRead,
                    bytesPublished - before.bytesPublished,
                    fullLoads - before.fullLoads,
                    partsLoaded - before.partsLoaded,
                    bytesLoaded - before.bytesLoaded);
        }

        boolean allMoved() {
            return filesRead > 0 && bytesPublished > 0 && partsLoaded > 0 && bytesLoaded > 0;
        }
    }

    private Counted counted() throws IOException, InterruptedException {
        return new Counted(
                counter(REFRESHER, "refresher_files_read"),
                counter(REFRESHER, "refresher_bytes_published"),
                counter(QUERY, "query_full_loads"),
                counter(QUERY, "query_parts_loaded"),
                counter(QUERY, "query_bytes_loaded"));
    }

    private Counted ofOneFile(int rows) throws Exception {
        Counted before = counted();
        ghala.file(table(rows) + "/new.json", "{\"id\":-1,\"v\":\"new\"}");
        awaitRows(rows, rows + 1);
        // Counters follow what they count.
        ghala.await("counted", () -> counted().since(before).allMoved());
        return counted().since(before);
    }

    @Test
    void oneAddedFileCostsTheSameInATableOfTenThousandAndOfAMillionRows() throws Exception {
        List<Integer> sizes = List.of(10_000, 100_000, 1_000_000);
        for (int rows : sizes) {
            ghala.file(table(rows) + "/all.csv", csv(rows));
        }
        ghala.startAndAwait(REFRESHER, QUERY);
        for (int rows : sizes) {
            awaitRows(rows, rows);
        }
        Counted smallest = ofOneFile(sizes.get(0));
        assertThat(smallest.bytesPublished()).isLessThan(SMALL);
        assertThat(smallest.bytesLoaded()).isLessThan(SMALL);
        for (int rows : sizes.subList(1, sizes.size())) {
            Counted cost = ofOneFile(rows);
            assertThat(cost.filesRead()).as(table(rows)).isEqualTo(1);
            assertThat(cost.fullLoads()).as(table(rows)).isZero();
            assertThat(cost.partsLoaded()).as(table(rows)).isEqualTo(1);
            assertThat(cost.bytesLoaded()).as(table(rows)).isEqualTo(smallest.bytesLoaded());
            assertThat(cost.bytesPublished())
                    .as(table(rows))
                    .isBetween(smallest.bytesPublished() / 2, smallest.bytesPublished() * 2);
        }
    }
}
