package io.ghala.queryservice.gate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ghala.model.Excerpt;
import io.ghala.query.RecentStatements;
import io.ghala.query.SqlParameters;
import io.ghala.query.SqlProblem;
import io.ghala.query.SqlProblem.Kind;
import io.ghala.query.SqlProblemException;
import io.ghala.token.ExactJson;
import io.ghala.token.JsonMistake;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Writes values as literals where a statement has {@code ?}, {@code $1} or {@code $name}, at the places where DuckDB's
 * parser found them. What comes out goes through the gate as if it had been written so: a value can do nothing that a
 * literal cannot, and has the type of one.
 */
public final class BindParameters {
    private static final ObjectMapper JSON = ExactJson.mapper();

    private final SqlParser parser;
    private final RecentStatements<List<Place>> known = new RecentStatements<>();

    @Inject
    public BindParameters(SqlParser parser) {
        this.parser = parser;
    }

    /** Where a parameter stands within the statement, in bytes of UTF-8. */
    private record Place(int start, int length, String name) {}

    /**
     * The statement with values in the places of its parameters; as it is when it does not parse, for the gate to tell.
     *
     * @throws SqlProblemException BAD_REQUEST when a parameter has no value, a value no parameter, or a value cannot be
     *     written as a literal
     */
    public String bind(String sql, SqlParameters parameters) {
        if (parameters.isEmpty()) {
            return sql;
        }
        Map<String, JsonNode> values = values(parameters);
        Optional<List<Place>> found = places(sql);
        if (found.isEmpty()) {
            return sql;
        }
        List<Place> places = found.get();
        requireEachUsed(values, places);
        byte[] text = sql.getBytes(StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(sql.length() + 16 * places.size());
        int end = 0;
        for (Place place : places) {
            JsonNode value = values.get(place.name());
            if (value == null) {
                throw problem("the parameter $" + Excerpt.of(place.name()) + " has no value in params");
            }
            out.append(new String(text, end, place.start() - end, StandardCharsets.UTF_8))
                    .append(SqlLiteral.of(value, place.name()));
            end = place.start() + place.length();
        }
        return out.append(new String(text, end, text.length - end, StandardCharsets.UTF_8))
                .toString();
    }

    private static Map<String, JsonNode> values(SqlParameters parameters) {
        JsonNode given;
        try {
            given = JSON.readTree(parameters.json());
        } catch (JsonProcessingException e) {
            throw problem("params is not valid JSON: " + JsonMistake.of(e));
        }
        Map<String, JsonNode> values = new LinkedHashMap<>();
        if (given.isArray()) {
            for (int i = 0; i < given.size(); i++) {
                values.put(String.valueOf(i + 1), given.get(i));
            }
        } else if (given.isObject()) {
            given.properties().forEach(entry -> values.put(entry.getKey(), entry.getValue()));
        } else {
            throw problem("params must be an array of values, or an object of names and values");
        }
        return values;
    }

    private static void requireEachUsed(Map<String, JsonNode> values, List<Place> places) {
        Set<String> unused = new TreeSet<>(values.keySet());
        places.forEach(place -> unused.remove(place.name()));
        if (!unused.isEmpty()) {
            throw problem("params has a value for $"
                    + Excerpt.of(unused.iterator().next()) + ", which the statement does not have");
        }
    }

    /** In the order of the text; empty when it does not parse. */
    private Optional<List<Place>> places(String sql) {
        Optional<List<Place>> before = known.get(sql);
        if (before.isPresent()) {
            return before;
        }
        Optional<List<Place>> places = find(sql);
        places.ifPresent(found -> known.put(sql, found));
        return places;
    }

    private Optional<List<Place>> find(String sql) {
        AskedQuery asked = AskedQuery.of(sql);
        JsonNode tree = parser.parse(asked.text());
        if (tree.path("error").asBoolean(true)) {
            return Optional.empty();
        }
        Map<Integer, Place> places = new TreeMap<>();
        if (asked.start() >= 0) {
            int before = sql.substring(0, asked.start()).getBytes(StandardCharsets.UTF_8).length;
            collect(tree.path("statements"), before, places);
        }
        return Optional.of(List.copyOf(places.values()));
    }

    private static void collect(JsonNode node, int before, Map<Integer, Place> places) {
        if (node.path("class").asText().equals("PARAMETER") && node.has("query_location")) {
            Place place = new Place(
                    before + node.path("query_location").asInt(),
                    node.path("query_location_length").asInt(),
                    node.path("identifier").asText());
            places.put(place.start(), place);
        }
        node.forEach(child -> collect(child, before, places));
    }

    private static SqlProblemException problem(String detail) {
        return new SqlProblemException(new SqlProblem(Kind.BAD_REQUEST, detail));
    }
}
