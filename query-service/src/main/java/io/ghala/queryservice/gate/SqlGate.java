package io.ghala.queryservice.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.ghala.model.Column;
import io.ghala.model.Excerpt;
import io.ghala.model.TableName;
import io.ghala.query.RecentStatements;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Parses a statement on an empty DuckDB and lets it through if all that it consists of is listed ({@link ListedNodes})
 * and all that it reads are known tables.
 */
public final class SqlGate {
    /** Tables of the schema {@code ghala}, which tell of the others. */
    private static final Set<String> OWN_TABLES = Set.of("columns");

    private static final Pattern SHOW_TABLES = Pattern.compile("(?i)\\s*SHOW\\s+TABLES\\s*;?\\s*");
    private static final int LONGEST = 1 << 20;

    private final ListedNodes listed = new ListedNodes();
    private final SqlParser parser;
    /** What statements read that passed: whether one does depends on its text alone. */
    private final RecentStatements<List<TableRead>> passed = new RecentStatements<>();

    @Inject
    public SqlGate(SqlParser parser) {
        this.parser = parser;
    }

    /**
     * The tables that the statement reads.
     *
     * @throws SqlProblemException BAD_REQUEST when it does not parse, FORBIDDEN when it does more than read tables,
     *     NOT_FOUND when a table is not there
     */
    public Set<TableName> check(String sql, Set<TableName> known) {
        Set<TableName> tables = new TreeSet<>();
        for (TableRead read : passed(sql)) {
            if (read.table().isEmpty() || !known.contains(read.table().get())) {
                String list =
                        known.stream().sorted().map(TableName::value).limit(20).collect(Collectors.joining(", "));
                throw refused(
                        Kind.NOT_FOUND,
                        "there is no table '" + Excerpt.of(read.written()) + "'; there are: "
                                + (list.isEmpty() ? "none yet" : list));
            }
            tables.add(read.table().get());
        }
        return tables;
    }

    private List<TableRead> passed(String sql) {
        Optional<List<TableRead>> known = passed.get(sql);
        if (known.isPresent()) {
            return known.get();
        }
        List<TableRead> reads = List.copyOf(reads(sql));
        passed.put(sql, reads);
        return reads;
    }

    /** What the statement reads, if it does nothing else; the tables need not be there. */
    private List<TableRead> reads(String sql) {
        if (sql.length() > LONGEST) {
            throw refused(Kind.BAD_REQUEST, "the statement is longer than " + LONGEST + " characters");
        }
        if (SHOW_TABLES.matcher(sql).matches()) {
            return List.of();
        }
        JsonNode tree = parser.parse(AskedQuery.of(sql).text());
        if (tree.path("error").asBoolean(true)) {
            String message = tree.path("error_message").asText("it is empty");
            if (tree.path("error_type").asText().equals("not implemented")) {
                throw refused(Kind.FORBIDDEN, "only SELECT is allowed here, not " + firstWord(sql));
            }
            throw refused(Kind.BAD_REQUEST, "the statement cannot be parsed: " + message);
        }
        if (tree.path("statements").size() != 1) {
            throw refused(
                    Kind.BAD_REQUEST,
                    "send one statement at a time, this is "
                            + tree.path("statements").size());
        }
        Set<String> names = new HashSet<>();
        collectCteNames(tree, names);
        List<TableRead> reads = new ArrayList<>();
        walk(tree.path("statements").path(0).path("node"), names, reads);
        return reads;
    }

    private static void collectCteNames(JsonNode node, Set<String> names) {
        if (node.has("cte_map")) {
            node.path("cte_map")
                    .path("map")
                    .forEach(entry -> names.add(Column.fold(entry.path("key").asText())));
        }
        node.forEach(child -> collectCteNames(child, names));
    }

    private static String firstWord(String sql) {
        return Excerpt.of(sql.strip().split("[^A-Za-z]", 2)[0].toUpperCase(Locale.ROOT));
    }

    private void walk(JsonNode node, Set<String> ctes, List<TableRead> reads) {
        if (node.isObject()) {
            listed.require(node);
            if (node.path("type").asText().equals("BASE_TABLE")) {
                table(node, ctes, reads);
            }
        }
        node.forEach(child -> walk(child, ctes, reads));
    }

    private static void table(JsonNode node, Set<String> ctes, List<TableRead> reads) {
        String schema = node.path("schema_name").asText("").toLowerCase(Locale.ROOT);
        String name = Column.fold(node.path("table_name").asText());
        if (schema.isEmpty() && ctes.contains(name)) {
            return;
        }
        if (schema.equals("ghala") && OWN_TABLES.contains(name) && !node.has("catalog_name")) {
            return;
        }
        boolean reachable = (schema.isEmpty() || schema.equals("main") || schema.equals("source"))
                && !node.has("catalog_name")
                && node.path("qualified_name").path("path").size() <= 2;
        reads.add(new TableRead(
                node.path("table_name").asText(), reachable ? TableName.ofFolder(name) : Optional.empty()));
    }

    private static SqlProblemException refused(Kind kind, String detail) {
        return new SqlProblemException(new SqlProblem(kind, detail));
    }
}
