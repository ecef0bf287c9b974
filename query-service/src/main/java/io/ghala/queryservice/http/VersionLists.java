package io.ghala.queryservice.http;

import io.ghala.model.TableName;
import io.ghala.query.SqlHeader;
import io.ghala.query.SqlHeader.TableState;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.http.HttpFields;

/**
 * Versions and ages of the tables of an answer as one header each: {@code Ghala-Version: a=1, b=2}. Clients refuse many
 * headers and long ones: tables that do not fit are counted in {@code Ghala-Tables-Omitted}. {@code Ghala-Stale} names
 * those whose published version cannot be loaded.
 */
final class VersionLists {
    private static final int LONGEST = 32_000;

    private VersionLists() {}

    static void put(SqlHeader header, long nowMs, HttpFields.Mutable headers) {
        StringBuilder versions = new StringBuilder();
        StringBuilder ages = new StringBuilder();
        StringBuilder stale = new StringBuilder();
        int omitted = 0;
        Map<TableName, TableState> sorted = new TreeMap<>(header.tables());
        for (Map.Entry<TableName, TableState> table : sorted.entrySet()) {
            if (Math.max(versions.length(), ages.length()) > LONGEST) {
                omitted++;
                continue;
            }
            long age = nowMs - table.getValue().confirmedAt().toEpochMilli();
            add(versions, table.getKey(), table.getValue().version().value());
            add(ages, table.getKey(), Math.max(0, age));
            if (table.getValue().stale().isPresent()) {
                stale.append(stale.isEmpty() ? "" : ", ").append(table.getKey());
            }
        }
        if (!sorted.isEmpty()) {
            headers.put("Ghala-Version", versions.toString());
            headers.put("Ghala-Age-Ms", ages.toString());
        }
        if (!stale.isEmpty()) {
            headers.put("Ghala-Stale", stale.toString());
        }
        if (omitted > 0) {
            headers.put("Ghala-Tables-Omitted", omitted);
        }
    }

    private static void add(StringBuilder list, TableName table, long value) {
        list.append(list.isEmpty() ? "" : ", ").append(table).append('=').append(value);
    }
}
