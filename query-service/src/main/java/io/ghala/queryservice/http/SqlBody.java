package io.ghala.queryservice.http;

import com.fasterxml.jackson.databind.JsonNode;
import io.ghala.config.GhalaConfig.QuerySettings;
import io.ghala.model.Excerpt;
import io.ghala.model.ResultFormat;
import io.ghala.query.AwaitedWrites;
import io.ghala.query.SqlParameters;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.query.SqlRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The body of POST /sql: the statement as text, or a JSON object with {@code sql}, {@code format}, {@code params},
 * {@code after}, {@code max_age_ms} and {@code timeout_ms}.
 */
final class SqlBody {
    private static final KnownNames FIELDS =
            KnownNames.of("sql", "params", "format", "after", "max_age_ms", "timeout_ms");

    private SqlBody() {}

    static SqlRequest ofText(String sql, QuerySettings settings) {
        return new SqlRequest(
                sql,
                SqlParameters.NONE,
                settings.outputFormat(),
                AwaitedWrites.NONE,
                Map.of(),
                Optional.empty(),
                settings.timeout());
    }

    /**
     * Reads the JSON form.
     *
     * @throws SqlProblemException BAD_REQUEST naming the field
     */
    static SqlRequest ofJson(String body, QuerySettings settings) {
        JsonNode node = RequestBody.object(body);
        node.fieldNames().forEachRemaining(FIELDS::requireField);
        if (!node.path("sql").isTextual()) {
            throw problem("the body needs the statement as \"sql\"");
        }
        return new SqlRequest(
                node.path("sql").asText(),
                node.has("params") ? parameters(node.path("params")) : SqlParameters.NONE,
                node.has("format") ? format(node.path("format").asText()) : settings.outputFormat(),
                node.has("after") ? after(node.path("after")) : AwaitedWrites.NONE,
                Map.of(),
                node.has("max_age_ms") ? Optional.of(millis(node, "max_age_ms", 0)) : Optional.empty(),
                node.has("timeout_ms") ? millis(node, "timeout_ms", 1) : settings.timeout());
    }

    private static SqlParameters parameters(JsonNode params) {
        if (!params.isArray() && !params.isObject()) {
            throw problem("\"params\" must be an array of values for ? and $1, or an object of them for $name");
        }
        return new SqlParameters(params.toString());
    }

    private static AwaitedWrites after(JsonNode after) {
        if (after.isTextual()) {
            return AwaitedWrites.parse(List.of(after.asText()));
        }
        if (!after.isObject()) {
            throw problem("\"after\" must be a token, or an object of tables and tokens");
        }
        List<String> tokens = new ArrayList<>();
        after.properties()
                .forEach(entry ->
                        tokens.add(entry.getKey() + "=" + entry.getValue().asText()));
        return AwaitedWrites.parse(tokens);
    }

    private static Duration millis(JsonNode node, String field, long least) {
        JsonNode value = node.path(field);
        if (!value.canConvertToExactIntegral() || !value.canConvertToLong() || value.asLong() < least) {
            throw problem("\"" + field + "\" must be a whole number of milliseconds, at least " + least);
        }
        return Duration.ofMillis(value.asLong());
    }

    private static ResultFormat format(String text) {
        for (ResultFormat format : ResultFormat.values()) {
            if (format.label().equals(text)) {
                return format;
            }
        }
        throw problem("format '" + Excerpt.of(text) + "' is not one of json, ndjson, csv, arrow");
    }

    private static SqlProblemException problem(String detail) {
        return new SqlProblemException(new SqlProblem(Kind.BAD_REQUEST, detail));
    }
}
