package io.ghala.benchmarks.stand;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.ghala.benchmarks.figures.BrokenRunException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.util.List;

/** Statements over HTTP, whose answers are compared with those of a DuckDB over the same rows. */
public final class Sql {
    /** Over every column of the orders: a different table gives a different answer. */
    public static final String FINGERPRINT =
            "SELECT count(*) AS n, sum(id) AS ids, count(DISTINCT customer) AS customers,"
                    + " count(DISTINCT country) AS countries, min(state) AS state, sum(quantity) AS quantity, sum(price) AS price,"
                    + " sum(discount) AS discount, count(CASE WHEN delivered THEN 1 END) AS delivered,"
                    + " count(DISTINCT ordered_at) AS times, max(note) AS note FROM orders";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double ROUNDING = 1e-9;
    private static final int OK = 200;

    private Sql() {}

    /** The body of a request for CSV; {@code after} is a token or empty. */
    static String body(String sql, String after) {
        ObjectNode body =
                JSON.createObjectNode().put("sql", sql).put("format", "csv").put("timeout_ms", 600_000);
        if (!after.isEmpty()) {
            body.put("after", after);
        }
        return body.toString();
    }

    /** The CSV lines below the header. */
    public static List<String> ask(Service query, String sql, String after) throws IOException, InterruptedException {
        List<String> lines = query.postWell("/sql", body(sql, after)).lines().toList();
        return lines.subList(1, lines.size());
    }

    /** Whether the statement is answered now, with {@code line} as its only row. */
    public static boolean answers(Service query, String sql, String line) throws IOException, InterruptedException {
        HttpResponse<String> response = query.post("/sql", body(sql, ""));
        return response.statusCode() == OK
                && response.body().lines().skip(1).toList().equals(List.of(line));
    }

    /**
     * Fails unless the service's answer to {@code sql} is DuckDB's: same rows in the same order, doubles but for the
     * order of adding.
     */
    public static void requireSame(Service query, DuckDb duckDb, String sql)
            throws IOException, InterruptedException, SQLException {
        requireSame(sql, ask(query, sql, ""), duckDb.rows(sql));
    }

    public static void requireSame(String sql, List<String> lines, List<List<String>> rows) {
        boolean same = lines.size() == rows.size();
        for (int i = 0; same && i < rows.size(); i++) {
            same = same(List.of(lines.get(i).split(",", -1)), rows.get(i));
        }
        BrokenRunException.require(same, "'" + sql + "' gave " + lines + " instead of " + rows);
    }

    private static boolean same(List<String> ours, List<String> theirs) {
        boolean same = ours.size() == theirs.size();
        for (int i = 0; same && i < ours.size(); i++) {
            same = same(ours.get(i), theirs.get(i));
        }
        return same;
    }

    private static boolean same(String our, String their) {
        if (our.equals(their)) {
            return true;
        }
        try {
            double a = Double.parseDouble(our);
            double b = Double.parseDouble(their);
            return Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b));
        } catch (NumberFormatException e) {
            // Texts and times: DuckDB writes a blank where ISO 8601 has a T.
            return our.replace('T', ' ').replaceFirst("Z$", "").equals(their.replaceFirst("\\.0$", ""));
        }
    }
}
