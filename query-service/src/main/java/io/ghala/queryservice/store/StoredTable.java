package io.ghala.queryservice.store;

import io.ghala.model.SqlName;
import io.ghala.model.TableName;
import io.ghala.queryservice.fetch.FileRuns;

/**
 * The names in DuckDB of what holds a table, quoted.
 *
 * @param rows the table of its rows, see {@link StoredColumns}
 * @param files the table of its {@link FileRuns}
 */
record StoredTable(String rows, String files) {
    static StoredTable of(TableName table, long number) {
        String name = table.value() + "@" + number;
        return new StoredTable("store." + SqlName.quoted(name), "store." + SqlName.quoted(name + " files"));
    }
}
