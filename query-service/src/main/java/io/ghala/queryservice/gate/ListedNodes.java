package io.ghala.queryservice.gate;

import com.fasterxml.jackson.databind.JsonNode;
import io.ghala.model.Excerpt;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a parse tree may consist of: query nodes, table references, expression classes and functions. What the lists do
 * not name is refused, so a new feature of DuckDB is closed until somebody has looked at it.
 */
final class ListedNodes {
    private static final Set<String> PLAIN_TYPES = Set.of(
            "SELECT_NODE",
            "SET_OPERATION_NODE",
            "RECURSIVE_CTE_NODE",
            "CTE_NODE",
            "BASE_TABLE",
            "SUBQUERY",
            "JOIN",
            "EMPTY",
            "EXPRESSION_LIST",
            "TABLE_FUNCTION",
            "PIVOT",
            "ORDER_MODIFIER",
            "LIMIT_MODIFIER",
            "LIMIT_PERCENT_MODIFIER",
            "DISTINCT_MODIFIER",
            "ORDER_DEFAULT",
            "ASCENDING",
            "DESCENDING");
    private static final Set<String> EXPRESSIONS = Set.of(
            "COLUMN_REF",
            "CONSTANT",
            "FUNCTION",
            "OPERATOR",
            "COMPARISON",
            "CONJUNCTION",
            "CASE",
            "CAST",
            "BETWEEN",
            "SUBQUERY",
            "WINDOW",
            "STAR",
            "LAMBDA",
            "LAMBDA_REF",
            "COLLATE",
            "POSITIONAL_REFERENCE",
            "TYPE");
    private static final Set<String> TABLE_FUNCTIONS = Set.of("range", "generate_series", "unnest");

    private final Set<String> functions = functions();

    private static Set<String> functions() {
        try (InputStream in = ListedNodes.class.getResourceAsStream("functions.txt")) {
            if (in == null) {
                throw new IllegalStateException("functions.txt is missing from the jar");
            }
            return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
                    .lines()
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException("functions.txt cannot be read", e);
        }
    }

    /**
     * Lets a node through; its children are for the caller to bring.
     *
     * @throws SqlProblemException FORBIDDEN when it is of no listed kind, BAD_REQUEST for a parameter without value
     */
    void require(JsonNode node) {
        requireKind(node);
        if (node.has("function_name")) {
            requireFunction(node);
        }
        if (node.path("type").asText().equals("TABLE_FUNCTION")
                && !TABLE_FUNCTIONS.contains(name(node.path("function")))) {
            throw refused(
                    Kind.FORBIDDEN,
                    "the table function " + name(node.path("function")) + " is not allowed: " + TABLE_FUNCTIONS
                            + " are");
        }
    }

    private static void requireKind(JsonNode node) {
        if (node.has("info_type")) {
            throw refused(
                    Kind.FORBIDDEN,
                    "only SELECT is allowed here, not " + node.path("info_type").asText());
        }
        if (node.has("class")) {
            if (!EXPRESSIONS.contains(node.path("class").asText())) {
                throw unlisted(node.path("class").asText());
            }
        } else if (node.path("type").isTextual()
                && !PLAIN_TYPES.contains(node.path("type").asText())) {
            String type = node.path("type").asText();
            throw refused(
                    Kind.FORBIDDEN,
                    type.equals("SHOW_REF")
                            ? "DESCRIBE, SUMMARIZE and SHOW TABLES are statements of their own and not allowed inside of one; the table ghala.columns tells what they do"
                            : "only SELECT is allowed here, not " + type);
        }
    }

    private static SqlProblemException unlisted(String kind) {
        return kind.equals("PARAMETER")
                ? refused(
                        Kind.BAD_REQUEST,
                        "the statement has parameters: give their values, over HTTP and Redis as \"params\", to ghala sql with --param")
                : refused(Kind.FORBIDDEN, "expressions of kind " + kind + " are not allowed");
    }

    private void requireFunction(JsonNode node) {
        String name = name(node);
        if (!functions.contains(name)) {
            throw refused(Kind.FORBIDDEN, "the function " + Excerpt.of(name) + " is not there or not allowed");
        }
        if (node.path("qualified_name").path("path").size() > 1) {
            throw refused(Kind.FORBIDDEN, "functions are called without a schema: " + Excerpt.of(name));
        }
    }

    private static String name(JsonNode function) {
        return function.path("function_name").asText().toLowerCase(Locale.ROOT);
    }

    private static SqlProblemException refused(Kind kind, String detail) {
        return new SqlProblemException(new SqlProblem(kind, detail));
    }
}
