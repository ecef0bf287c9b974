package io.ghala.chaos.history;

import java.util.List;
import java.util.Optional;

/**
 * A whole table as a reader saw it at once.
 *
 * @param reader who: one process that answers, one file or one key
 * @param version the published version that the answer said it is
 * @param after the write that the answer had to hold
 */
public record Observation(
        Medium medium,
        String reader,
        long invoked,
        long ended,
        long version,
        List<SeenRow> rows,
        Optional<RowWrite> after) {
    /** Where the table was read. */
    public enum Medium {
        SQL,
        REDIS,
        PARQUET
    }

    /** One write of one row. */
    public record RowWrite(String row, Token token) {}

    public Observation {
        rows = List.copyOf(rows);
    }
}
