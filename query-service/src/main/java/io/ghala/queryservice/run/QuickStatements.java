package io.ghala.queryservice.run;

import io.ghala.model.TableName;
import io.ghala.model.TableSchema;
import io.ghala.query.RecentStatements;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What preparing the latest quick statements came to. A slow one is prepared each time: that takes little of its time,
 * while run at once it would be run for nothing whenever a version is committed meanwhile.
 */
final class QuickStatements {
    static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final RecentStatements<Prepared> known = new RecentStatements<>();

    /**
     * What preparing a statement came to, which depends on the columns of its tables alone.
     *
     * @param sql as it was asked
     * @param text the same, wrapped where that is needed
     */
    record Prepared(String sql, String text, ResultColumns columns, Map<TableName, TableSchema> schemas) {}

    /** What is known of {@code sql} over tables of these columns. */
    Optional<Prepared> find(String sql, Map<TableName, TableSchema> schemas) {
        return known.get(sql).filter(prepared -> prepared.schemas().equals(schemas));
    }

    /** Remembers a statement if it took not long until its first rows, and else forgets it. */
    void note(Prepared prepared, long nanos) {
        if (nanos <= LONGEST_NANOS) {
            known.put(prepared.sql(), prepared);
        } else {
            known.remove(prepared.sql());
        }
    }
}
